import type { Section } from '../doctor/check.ts';
import { type Examined, runChecks } from '../doctor/run-checks.ts';
import type { CliContext, ExitCode } from './context.ts';
import type { Output } from './output.ts';
import { hang } from './wrap.ts';

export type DoctorOptions = { readonly json?: boolean; readonly offline?: boolean };

const MARKS = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  error: ['✗', 'red'],
  skipped: ['–', 'dim'],
} as const;
const MOST_COLUMNS = 80;
const TITLES: Readonly<Record<Section, string>> = {
  configuration: 'Configuration',
  data: 'Data',
  clock: 'Clock',
  destinations: 'Destinations',
  editors: 'Editors',
  sources: 'Sources',
  plan: 'Plan',
  http: 'Health and metrics',
};

/** `paperboy doctor` */
export async function runDoctor(
  { output, openDoctor }: CliContext,
  { json = false, offline = false }: DoctorOptions,
): Promise<ExitCode> {
  const { checks, close } = await openDoctor();
  const progress = json ? undefined : makeProgress(process.stderr);
  try {
    const seen = await runChecks(checks, {
      isOffline: offline,
      ...(progress === undefined ? {} : { onProgress: progress.tell }),
    });
    progress?.end();
    if (json) output.json(toDoctorJson(seen));
    else printReport(output, seen);
    return seen.some(({ level }) => level === 'error') ? 1 : 0;
  } finally {
    close();
  }
}

function printReport(output: Output, seen: readonly Examined[]): void {
  const { style, line } = output;
  for (const [section, found] of Map.groupBy(seen, (one) => one.section)) {
    line(style('bold', TITLES[section]));
    for (const [index, one] of found.entries()) printSeen(output, one, found[index + 1]);
  }
  const count = (level: Examined['level']): number =>
    seen.filter((one) => one.level === level).length;
  const [errors, warnings] = [count('error'), count('warning')];
  line();
  if (errors + warnings === 0) {
    line(`${style('green', '✓')} All is well.`);
    return;
  }
  const said = [
    ...(errors > 0 ? [`${errors} must be put right`] : []),
    ...(warnings > 0 ? [`${warnings} worth a look`] : []),
  ];
  line(`${style(errors > 0 ? 'red' : 'yellow', errors > 0 ? '✗' : '!')} ${said.join(', ')}.`);
}

/** What is to be done about several is said once, under the last of them. */
function printSeen({ style, line }: Output, one: Examined, next: Examined | undefined): void {
  const [mark, colour] = MARKS[one.level];
  const code = style('dim', `[${one.code}]`);
  const { columns } = process.stdout;
  const width = columns === undefined ? undefined : Math.min(columns, MOST_COLUMNS);
  line(hang(`  ${style(colour, mark)} ${one.said} ${code}`, '    ', width));
  if (!('remedy' in one)) return;
  const isSaidBelow = next !== undefined && 'remedy' in next && next.remedy === one.remedy;
  if (!isSaidBelow) line(hang(`    → ${one.remedy}`, '      ', width));
}

/** For programs: everything that was seen, in the same order. */
function toDoctorJson(seen: readonly Examined[]): unknown {
  return {
    ok: !seen.some(({ level }) => level === 'error'),
    checks: seen.map((one) => ({
      code: one.code,
      section: one.section,
      level: one.level,
      said: one.said,
      remedy: 'remedy' in one ? one.remedy : null,
    })),
  };
}

type Progress = { readonly tell: (pending: readonly string[]) => void; readonly end: () => void };

/** One line that changes, where there is a terminal to show it. */
function makeProgress(terminal: NodeJS.WriteStream): Progress | undefined {
  if (!terminal.isTTY) return undefined;
  const clear = '\r\u001B[2K';
  return {
    tell: (pending) => {
      if (pending.length === 0) return;
      const text = `… looking at ${pending.join(', ')}`;
      const room = (terminal.columns ?? 80) - 1;
      terminal.write(`${clear}${text.length > room ? `${text.slice(0, room - 1)}…` : text}`);
    },
    end: () => terminal.write(clear),
  };
}
