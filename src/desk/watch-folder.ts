import type { Finding } from '../issue/finding.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import type { Inbox } from '../sources/inbox.ts';
import { type ImportDesk, type ImportResult, importToArchive } from './import.ts';

/** A dropped file that was read, and where it is now, relative to the folder. */
export type Filed = {
  readonly name: string;
  readonly movedTo: string;
  readonly result: ImportResult;
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
 * One look: imports every file that has stopped growing, then moves it to `imported/` or
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
      const result = await importToArchive(desk, dropped.bytes, { name });
      const isWrong = result.saved === undefined || result.saved === 'conflict';
      const { findings } = result;
      const report = findings.length === 0 && !isWrong ? undefined : describe(name, findings);
      const movedTo = await inbox.file(dropped, isWrong ? 'rejected' : 'imported', report);
      return movedTo === undefined ? undefined : { name, movedTo, result };
    });
    if (filed === undefined) continue;
    const { issue, revision, saved } = filed.result;
    const fields = { file: name, ...(issue === undefined ? {} : { issue: issue.number }) };
    if (saved === undefined || saved === 'conflict') log.warn(fields, 'inbox.rejected');
    else log.info({ ...fields, ...(revision === undefined ? {} : { revision }) }, 'inbox.imported');
    tell(filed);
  }
  return isWell;
}
