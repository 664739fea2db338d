import { checkIssues } from '../desk/check.ts';
import { type ImportResult, importAllToArchive } from '../desk/import.ts';
import { listOwnWords } from '../desk/list-own-words.ts';
import type { Format } from '../issue/detect-format.ts';
import { formatOfMediaType } from '../issue/detect-format.ts';
import { hasErrors } from '../issue/finding.ts';
import type { ImportIssueOptions } from '../issue/import-issue.ts';
import type { Imported } from '../issue/text/import-text.ts';
import { systemClock } from '../kit/clock.ts';
import type { CliContext, ExitCode } from './context.ts';
import { count, type Output, printFindings } from './output.ts';
import { printChanges, printOutdated, toRevisedJson } from './print-changes.ts';
import { fetchSource, isUrl, readSource } from './read-source.ts';
import { type NextStep, tellNext } from './tell-next.ts';
import { printOwnWords } from './tell-own-words.ts';
import { hang } from './wrap.ts';

export type ImportOptions = {
  readonly dryRun?: boolean;
  readonly format?: Format;
  readonly json?: boolean;
  readonly revise?: boolean;
  readonly year?: number;
};

/** `paperboy import FILE|URL|-` */
export async function runImport(
  context: CliContext,
  file: string,
  options: ImportOptions,
): Promise<ExitCode> {
  const { output } = context;
  const { bytes, ...found } = await readBytes(
    context,
    file,
    options.dryRun ? 'import --dry-run' : 'import',
  );
  const known = {
    ...found,
    ...(options.format === undefined ? {} : { format: options.format }),
    ...(options.year === undefined ? {} : { year: options.year }),
  };
  const results: readonly Outcome[] = options.dryRun
    ? await examine(context, bytes, known)
    : await importAllToArchive((await context.openDesk()).desk, bytes, {
        ...known,
        isRevision: options.revise ?? false,
      });
  const isWrong = results.some(({ findings }) => hasErrors(findings));
  const next = await readNext(context, results);
  const print = (result: Outcome): unknown => toJson(result, next);
  if (options.json) {
    const [only] = results;
    output.json(results.length === 1 && only ? print(only) : { imports: results.map(print) });
  } else {
    for (const result of results) {
      printOutcome(output, file === '-' ? 'stdin' : file, result);
      const step = next.get(result.issue?.number ?? 0);
      if (isNew(result) && step !== undefined) {
        output.note(hang(step.said, '  ', process.stderr.columns));
      }
      const isKept = result.saved === 'revised' || result.saved === 'unchanged';
      if (result.issue === undefined || !isKept) continue;
      await printOutdated(output, (await context.openDesk()).desk, result.issue.number);
    }
  }
  return isWrong ? 1 : 0;
}

/** What became of one issue; nothing is said of its keeping where it was only looked at. */
type Outcome = Partial<ImportResult> & Imported;

/** What happens next with what was kept. */
async function readNext(
  context: CliContext,
  results: readonly Outcome[],
): Promise<ReadonlyMap<number, NextStep>> {
  const numbers = results.flatMap((result) =>
    isNew(result) && result.issue !== undefined ? [result.issue.number] : [],
  );
  return numbers.length === 0 ? new Map() : tellNext((await context.openDesk()).desk, numbers);
}

function isNew({ saved }: Outcome): boolean {
  return saved === 'new' || saved === 'revised' || saved === 'replaced';
}

function toJson(
  { issue, findings, saved, revision, changes, revised }: Outcome,
  steps: ReadonlyMap<number, NextStep>,
): unknown {
  const next = steps.get(issue?.number ?? 0)?.json ?? null;
  const ownWords = listOwnWords({ issue, ...(changes === undefined ? {} : { changes }) });
  const kept = { saved, revision, changes, ownWords, revised: revised?.map(toRevisedJson), next };
  return { issue: issue ?? null, findings, ...(saved === undefined ? {} : kept) };
}

function printOutcome(output: Output, file: string, result: Outcome): void {
  const { issue, findings, saved } = result;
  printFindings(output, file, findings);
  if (issue === undefined || hasErrors(findings)) {
    output.note(
      issue === undefined ? 'Nothing was stored.' : `Nothing was stored of #${issue.number}.`,
    );
    return;
  }
  const contents = [
    count(issue.papers.length, 'paper'),
    `${issue.news.length} news`,
    ...(issue.promotions.length > 0 ? [count(issue.promotions.length, 'promotion')] : []),
  ].join(', ');
  const name = `#${issue.number} ${issue.title}`;
  const said = {
    new: `Imported ${name}: ${contents}.`,
    revised: `Imported ${name} as revision ${result.revision}: ${contents}.`,
    replaced: `Imported ${name}, in place of the sample of that number: ${contents}.`,
    unchanged: `${name} is in the archive already, with the same text. Nothing has changed.`,
    conflict: '',
    dry: `${name} can be imported: ${contents}. Nothing was stored.`,
  }[saved ?? 'dry'];
  output.line(`${output.style('green', '✓')} ${said}`);
  printChanges(output, { changes: result.changes ?? [], revised: result.revised ?? [] });
  if (saved === 'revised') printOwnWords(output, result);
  if (isNew(result)) {
    output.note(`See its posts: paperboy preview ${issue.number}`);
  }
}

/** Everything that an import would say. Needs no archive, and makes none where there is none. */
export async function examine(
  context: CliContext,
  bytes: Uint8Array,
  options: Omit<ImportIssueOptions, 'now'>,
): Promise<Imported[]> {
  const desk = (await context.hasArchive()) ? await context.openReadingDesk() : undefined;
  const now = (desk?.clock ?? systemClock).now();
  const format = desk?.format ?? (await context.readFormat());
  return checkIssues({ archive: desk?.archive, format }, bytes, { ...options, now });
}

/** The bytes of a source, and what is known of them by where they come from. */
export async function readBytes(
  { stdin, openFetch }: CliContext,
  source: string,
  verb: string,
): Promise<{ readonly bytes: Uint8Array } & Omit<ImportIssueOptions, 'now'>> {
  if (!isUrl(source)) {
    const bytes = await readSource(source, stdin, `paperboy ${verb} -`);
    return source === '-' ? { bytes } : { bytes, name: source };
  }
  const { bytes, url, mediaType } = await fetchSource(await openFetch(), source);
  const format = formatOfMediaType(mediaType);
  const name = new URL(url).pathname;
  return { bytes, name, base: url, ...(format === undefined ? {} : { format }) };
}
