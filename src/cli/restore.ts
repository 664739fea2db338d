import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { discard } from '../database/durable.ts';
import { lookInto } from '../database/look-into.ts';
import { type Contents, readContents } from '../database/read-contents.ts';
import { stageBackup } from '../database/stage-backup.ts';
import { swapIn } from '../database/swap-in.ts';
import { describeError, PaperboyError } from '../kit/errors.ts';
import { type Doubted, doubtAll, listPlaces } from '../outbox/doubt-all.ts';
import type { CliContext, ExitCode } from './context.ts';
import { count } from './output.ts';
import { waitForLife } from './wait-for-life.ts';

export type RestoreOptions = { readonly yes?: boolean; readonly json?: boolean };

/** `paperboy restore FILE` */
export async function runRestore(
  { output, stdin, readFolders, readDatabaseFile }: CliContext,
  file: string,
  { yes = false, json }: RestoreOptions,
): Promise<ExitCode> {
  const [backup, target] = [resolve(file), await readDatabaseFile()];
  const { data } = await readFolders();
  requireOther(backup, target);
  const requireStopped = async (): Promise<void> => {
    const onWait = (): void => output.note('Looking whether paperboy start runs on this data…');
    if (await waitForLife(data, onWait)) throw busy(data);
  };
  await requireStopped();
  const now = new Date();
  // What the database knows that is about to go is more than the backup can.
  const before = lookInto(target, readContents);
  const places = lookInto(target, listPlaces) ?? [];
  let doubted: Doubted = { deliveries: 0, paused: [] };
  const { path, contents } = explainDisk(() =>
    stageBackup(backup, target, (sqlite, { at }) => {
      doubted = doubtAll(sqlite, { from: at, now }, places);
    }),
  );
  let former: string | undefined;
  try {
    if (!json) output.line(`${backup} holds ${describe(contents)}.`);
    if (existsSync(target) && !yes) {
      const held = before === undefined ? 'cannot be read' : `holds ${describe(before)}`;
      output.note(`It takes the place of ${target}, which ${held}, and is kept beside it.`);
      await requireWord(stdin, (text) => output.note(text));
      await requireStopped();
    }
    former = explainDisk(() => swapIn(path, target, now));
  } catch (error) {
    discard(path);
    throw error;
  }
  if (json) {
    output.json({ database: target, ...contents, former: former ?? null, ...doubted });
    return 0;
  }
  output.line(`${output.style('green', '✓')} ${target} is restored`);
  if (former !== undefined) output.line(`  the former one is kept: ${former}`);
  const { deliveries, paused } = doubted;
  if (deliveries > 0) {
    output.line(`  ${count(deliveries, 'delivery')} may be out already: each is looked for first`);
  }
  if (paused.length === 0) return 0;
  output.line(`  paused until a person has acted: ${paused.join(', ')}`);
  output.line('  → Compare what is public there with paperboy status, paperboy queue and paperboy');
  output.line(
    '    plan. Of what is out already: paperboy resolve ID --sent where the queue has it,',
  );
  output.line(
    '    paperboy hold ISSUE --paper SLUG where it has not. Then, for each destination, by',
  );
  output.line('    the name that paperboy status has for it: paperboy retry --to NAME');
  output.line('  → An account that was set up after the backup is not known here, so not paused.');
  return 0;
}

/** A typed word where a person sits at a terminal. Throws `restore.unconfirmed`. */
async function requireWord(stdin: CliContext['stdin'], ask: (text: string) => void): Promise<void> {
  const isTerminal = 'isTTY' in stdin && stdin.isTTY === true;
  if (isTerminal) {
    ask('To go on, type restore:');
    for await (const chunk of stdin) {
      if (Buffer.from(chunk).toString().trim() === 'restore') return;
      break;
    }
  }
  throw new PaperboyError(
    'restore.unconfirmed',
    'Cannot restore the backup as nobody has said that the database may be replaced',
    'Look at what it says above, then add --yes.',
  );
}

function requireOther(backup: string, target: string): void {
  if (!existsSync(backup) || !existsSync(target)) return;
  const [one, other] = [statSync(backup), statSync(target)];
  if (one.ino !== other.ino || one.dev !== other.dev) return;
  throw new PaperboyError(
    'restore.same',
    `Cannot restore ${backup} as it is the database itself`,
    'Name a file that paperboy backup has written.',
  );
}

function busy(data: string): PaperboyError {
  return new PaperboyError(
    'database.busy',
    `Cannot restore the backup as paperboy start runs on ${data}`,
    'Stop it (Ctrl+C, systemctl stop, docker compose stop), then do this again.',
  );
}

/** What the disk says, for a person; what SQLite says is explained elsewhere. */
function explainDisk<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof PaperboyError || !isSystemError(error)) throw error;
    throw new PaperboyError(
      'restore.disk',
      `Cannot restore the backup as the disk does not take it, and nothing is changed: ${describeError(error)}`,
      'Free some space, or give this user the right to write there, then do this again.',
      error,
    );
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

function describe({ issues, deliveries, at }: Contents): string {
  const when = at === undefined ? '' : `, as of ${at.toISOString()}`;
  return `${count(issues, 'issue')} and ${count(deliveries, 'delivery')}${when}`;
}
