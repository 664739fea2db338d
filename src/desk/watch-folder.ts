import type { Finding } from '../issue/finding.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import type { Inbox } from '../sources/inbox.ts';
import { type ImportDesk, type ImportResult, importAllToArchive } from './import.ts';

/** A dropped file that was read, and where it is now, relative to the folder. */
export type Filed = {
  readonly name: string;
  readonly movedTo: string;
  /** One for each issue in it, oldest first. */
  readonly results: readonly ImportResult[];
};

export type FolderWatch = {
  readonly inbox: Inbox;
  readonly log: Log;
  /** Writes the findings of a file as people read them. */
  readonly describe: (name: string, findings: readonly Finding[]) => string;
  readonly tell: (filed: Filed) => void;
};

const LOOK_MS = 1_000;
const AFTER_FAILURE_MS = 60_000;

/** Imports what is dropped into a folder, until the signal. A failure is logged and tried again. */
export async function watchFolder(
  desk: ImportDesk,
  watch: FolderWatch,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const isWell = await takeDropped(desk, watch, signal);
    await desk.clock.sleep(isWell ? LOOK_MS : AFTER_FAILURE_MS, signal);
  }
}

/**
 * One look: imports every file that has stopped growing, also as the next revision of an issue
 * that it is recognisably a correction of, then moves it to `imported/` or
 * `rejected/`. A file stays until its issue is kept, and importing it twice changes nothing, so a
 * kill at any point loses and doubles nothing. Returns false if something failed for the moment.
 */
export async function takeDropped(
  desk: ImportDesk,
  { inbox, log, describe, tell }: FolderWatch,
  signal?: AbortSignal,
): Promise<boolean> {
  let isWell = true;
  const attempt = async <T>(
    file: string | undefined,
    work: () => Promise<T>,
  ): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      log.error(
        { ...(file === undefined ? {} : { file }), reason: describeError(error) },
        'inbox.failed',
      );
      isWell = false;
      return undefined;
    }
  };
  const names = (await attempt(undefined, () => inbox.look(desk.clock.now()))) ?? [];
  for (const name of names) {
    if (signal?.aborted) break;
    const filed = await attempt(name, async (): Promise<Filed | undefined> => {
      const dropped = await inbox.read(name);
      if (dropped === undefined) return undefined;
      const results = await importAllToArchive(desk, dropped.bytes, {
        name,
        isRevision: 'where-same',
      });
      const isWrong = results.some(isRejected);
      const findings = results.flatMap((result) => result.findings);
      const report = findings.length === 0 && !isWrong ? undefined : describe(name, findings);
      const movedTo = await inbox.file(dropped, isWrong ? 'rejected' : 'imported', report);
      return movedTo === undefined ? undefined : { name, movedTo, results };
    });
    if (filed === undefined) continue;
    for (const result of filed.results) logResult(log, name, result);
    tell(filed);
  }
  return isWell;
}

/** Whether an import kept nothing, and its file is the editor's to look at. */
export function isRejected({ saved }: ImportResult): boolean {
  return saved === undefined || saved === 'conflict';
}

function logResult(log: Log, file: string, result: ImportResult): void {
  const { issue, revision } = result;
  const fields = { file, ...(issue === undefined ? {} : { issue: issue.number }) };
  if (isRejected(result)) log.warn(fields, 'inbox.rejected');
  else log.info({ ...fields, ...(revision === undefined ? {} : { revision }) }, 'inbox.imported');
}
