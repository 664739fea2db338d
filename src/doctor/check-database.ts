import { basename } from 'node:path';
import { examineDatabase } from '../database/examine.ts';
import { describeBytes } from '../kit/describe-bytes.ts';
import { type Code, doubt, fault, type Seen, well } from './check.ts';

/** Usual is a few; more means that some process has been reading for too long. */
const LARGE_WAL_BYTES = 64e6;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether the database can be used, as it is on the disk. */
export function checkDatabase(file: string, now: Date): Seen[] {
  const seen = examineDatabase(file);
  const name = basename(file);
  switch (seen.kind) {
    case 'none':
      return [well('doctor.database', `there is no ${file} yet; the first issue makes it`)];
    case 'foreign':
      return [
        fault(
          'doctor.database-foreign',
          `${file} is no SQLite database`,
          'Point DATABASE_URL or PAPERBOY_DATA at another file, or move this one away',
        ),
      ];
    case 'unusable':
      return [fault('doctor.database-unusable', seen.reason, seen.remedy)];
    case 'damaged':
      return [
        fault(
          'doctor.database-damaged',
          `${file} is damaged: ${seen.damage.replace(/[\s*]+/g, ' ').trim()}`,
          'Stop Paperboy and put back a backup: paperboy restore FILE',
        ),
      ];
    case 'known':
      break;
  }
  const { version, latest, bytes, walBytes, isBusy, backupAt } = seen;
  const found: Seen[] = [];
  if (version > latest) {
    found.push(
      fault(
        'doctor.database-newer',
        `${file} was written by a newer Paperboy: version ${version}, this one knows ${latest}`,
        'Update Paperboy, or point DATABASE_URL at another file',
      ),
    );
  }
  if (version < latest) {
    found.push(
      doubt(
        'doctor.database-older',
        `${name} is of an older Paperboy: version ${version}, and ${latest} after the next command`,
        `Keep a copy, then go on: paperboy backup ${name}.backup`,
      ),
    );
  }
  if (isBusy) {
    found.push(
      doubt(
        'doctor.database-busy',
        `another process has been writing to ${name} for two seconds`,
        'Wait for the other command to end; if it never does, end it',
      ),
    );
  }
  if (walBytes > LARGE_WAL_BYTES) {
    const said = `${describeBytes(walBytes)} of ${name} are still in the log beside it (${name}-wal)`;
    const remedy =
      'Start paperboy start anew, and end what else has the database open; never delete the log';
    found.push(doubt('doctor.database-log', said, remedy));
  }
  if (found.length > 0) return [...found, ...tellBackup(backupAt, now)];
  const log = walBytes === 0 ? '' : `, and ${describeBytes(walBytes)} in its log`;
  const said = `${name} is whole: version ${version}, ${describeBytes(bytes)}${log}`;
  return [well('doctor.database', said), ...tellBackup(backupAt, now)];
}

function tellBackup(at: Date | undefined, now: Date): Seen[] {
  if (at === undefined) return [];
  const days = Math.floor((now.getTime() - at.getTime()) / DAY_MS);
  const ago = days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
  const code: Code = 'doctor.backup';
  return [well(code, `it was put back from a backup that was made ${ago}, ${at.toISOString()}`)];
}
