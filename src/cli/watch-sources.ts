import type { ImportResult } from '../desk/import.ts';
import type { Polled } from '../desk/poll-feed.ts';
import type { Filed } from '../desk/watch-folder.ts';
import type { Finding } from '../issue/finding.ts';
import type { OpenDesk, Sources } from './context.ts';
import { count, type Output, printFindings } from './output.ts';
import { printChanges } from './print-changes.ts';

/** Says what is watched, one line each; nothing where nothing is. */
export function announceSources({ line }: Output, { inbox, feeds }: Sources): void {
  if (inbox !== undefined) line(`  watches   folder ${inbox.path}`);
  for (const { url } of feeds) line(`  watches   feed of ${new URL(url).host}`);
}

/**
 * Watches everything that is configured until the signal, tells the editor what came in, and then
 * calls `onNews`.
 */
export async function watchSources(
  { desk, log }: Pick<OpenDesk, 'desk' | 'log'>,
  { inbox, feeds }: Sources,
  output: Output,
  signal: AbortSignal,
  onNews: () => Promise<void>,
): Promise<void> {
  const watches: Promise<void>[] = [];
  if (inbox !== undefined) {
    const { watchFolder } = await import('../desk/watch-folder.ts');
    const tell = (filed: Filed): void => {
      tellFiled(output, filed);
      void onNews();
    };
    const watch = { inbox: inbox.inbox, log, describe: describeFindings, tell };
    watches.push(watchFolder(desk, watch, signal));
  }
  if (feeds.length > 0) {
    const { watchFeed } = await import('../desk/watch-feed.ts');
    const tell = (host: string, polled: Polled): void => {
      tellPolled(output, host, polled);
      if (polled.kind === 'polled' && polled.news.length > 0) void onNews();
    };
    for (const feed of feeds) watches.push(watchFeed(desk, { feed, log, tell }, signal));
  }
  await Promise.all(watches);
}

/** The findings as `paperboy import` prints them, without colour. */
export function describeFindings(name: string, findings: readonly Finding[]): string {
  const lines: string[] = [];
  const line = (text = ''): void => {
    lines.push(`${text}\n`);
  };
  const plain: Output = {
    line,
    note: line,
    json: () => {},
    style: (_, text) => text,
    table: async () => {},
  };
  printFindings(plain, name, findings);
  return lines.join('');
}

function tellFiled(output: Output, { name, movedTo, results }: Filed): void {
  const place = movedTo.replace(/\p{Cc}/gu, '�');
  for (const result of results) {
    const what = describeKept(result);
    if (what !== undefined) {
      output.line(`${output.style('green', '✓')} ${what}; the file is in ${place}`);
      printChanges(output, result);
      continue;
    }
    const errors = result.findings.filter(({ severity }) => severity === 'error');
    const wrong = count(errors.length, 'error');
    output.line(
      `${output.style('red', '✗')} ${name.replace(/\p{Cc}/gu, '�')}: ${wrong}, nothing was stored`,
    );
    output.line(`    → Correct it and drop it again; see ${place}.findings.txt`);
  }
}

function tellPolled(output: Output, host: string, polled: Polled): void {
  if (polled.kind === 'failed') {
    const at = polled.nextAt.toISOString();
    output.line(`${output.style('red', '✗')} feed of ${host}: ${polled.reason}; next try at ${at}`);
  }
  if (polled.kind !== 'polled') return;
  for (const { title, isStub, result } of polled.news) {
    const what = describeKept(result);
    if (what !== undefined) {
      const doubts = count(result.findings.length, 'finding');
      const see =
        result.findings.length === 0
          ? ''
          : `; ${doubts}: paperboy show ${result.issue?.number} --json`;
      output.line(`${output.style('green', '✓')} ${what}, from the feed of ${host}${see}`);
      printChanges(output, result);
    } else if (isStub) output.line(`· the feed of ${host} has only a teaser of “${title}”`);
    else {
      const wrong = result.findings.find(({ severity }) => severity === 'error');
      output.line(
        `${output.style('red', '✗')} “${title}” of the feed of ${host}: ${wrong?.message}`,
      );
      output.line(`    → ${wrong?.remedy}`);
    }
  }
}

/** What became of an issue that was kept; undefined for one that was not. */
function describeKept({ issue, saved, revision }: ImportResult): string | undefined {
  if (issue === undefined || saved === undefined) return undefined;
  const name = `#${issue.number} ${issue.title}`;
  switch (saved) {
    case 'new':
    case 'replaced':
      return `imported ${name}: ${count(issue.papers.length, 'paper')}`;
    case 'revised':
      return `${name} has changed: kept as revision ${revision}`;
    case 'unchanged':
      return `${name} is in the archive already, with the same text`;
    case 'conflict':
      return undefined;
  }
}
