import { existsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { describeBytes } from '../kit/describe-bytes.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { CliContext, ExitCode } from './context.ts';
import { count } from './output.ts';

/** A copy that takes longer says how far it is. */
const QUIET_MS = 2_000;
const MISSING =
  'It does not hold .env, paperboy.yaml, the folder of posts, or sessions: keep the first two elsewhere; the others are made anew.';

export type BackupOptions = { readonly force?: boolean; readonly json?: boolean };

/** `paperboy backup FILE` */
export async function runBackup(
  { output, readDatabaseFile }: CliContext,
  file: string,
  { force = false, json }: BackupOptions,
): Promise<ExitCode> {
  const source = await readDatabaseFile();
  const target = resolve(file);
  checkTarget(target, source, force);
  const { backUpDatabase } = await import('../database/back-up.ts');
  const now = new Date();
  let toldAt = now.getTime();
  const onProgress = (share: number): void => {
    if (json || Date.now() - toldAt < QUIET_MS) return;
    toldAt = Date.now();
    output.note(`… ${Math.floor(share * 100)} % copied`);
  };
  const contents = await backUpDatabase(source, target, { now, isForced: force, onProgress });
  const { size: bytes } = statSync(target);
  if (json) {
    output.json({ file: target, bytes, ...contents });
    return 0;
  }
  const { issues, deliveries } = contents;
  const held = `${count(issues, 'issue')} and ${count(deliveries, 'delivery')}`;
  output.line(`${output.style('green', '✓')} ${target} holds ${held}, as of ${now.toISOString()}`);
  output.line(`  ${describeBytes(bytes)}; whole when it was checked; only you can read it`);
  output.line(`  ${MISSING}`);
  output.line(`  To put it back: paperboy restore ${file}`);
  return 0;
}

/** Before anything is copied; whoever writes the file meanwhile is noticed at the end. */
function checkTarget(target: string, source: string, isForced: boolean): void {
  const refuse = (code: string, why: string, remedy: string): PaperboyError =>
    new PaperboyError(code, `Cannot write the backup as ${why}`, remedy);
  if (!existsSync(source)) {
    throw new PaperboyError(
      'backup.empty',
      `Cannot back up the database as there is none yet: ${source}`,
      'Check PAPERBOY_DATA and DATABASE_URL, or import an issue first.',
    );
  }
  if (!existsSync(dirname(target))) {
    const remedy = `Make it (mkdir -p ${dirname(target)}), or name a file elsewhere.`;
    throw refuse('backup.nowhere', `its folder is not there: ${dirname(target)}`, remedy);
  }
  if (!existsSync(target)) return;
  if (statSync(target).isDirectory()) {
    const remedy = `Name a file in it, such as ${target}/${basename(source)}.backup.`;
    throw refuse('backup.nowhere', `a file is needed: ${target} is a folder`, remedy);
  }
  const [own, other] = [statSync(source), statSync(target)];
  if (own.ino === other.ino && own.dev === other.dev) {
    throw refuse('backup.same', `${target} is the database itself`, 'Name another file.');
  }
  if (isForced) return;
  throw refuse(
    'backup.exists',
    `a file must not be lost: ${target} is already there`,
    'Name another file, or say that it may be replaced: --force',
  );
}
