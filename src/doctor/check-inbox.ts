import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { doubt, fault, type Seen, well } from './check.ts';
import { findNearest, isWritable } from './check-disk.ts';

/** Whether issues can be taken out of the inbox, and what was rejected there. */
export async function checkInbox(folder: string): Promise<Seen[]> {
  const nearest = await findNearest(folder);
  if (!(await stat(nearest)).isDirectory() || !(await isWritable(nearest))) {
    return [
      fault(
        'doctor.inbox-unwritable',
        `the inbox ${folder} cannot be written by this user: files are moved there when they were read`,
        `Give this user the right to write ${nearest}, or set sources.folder in paperboy.yaml to another folder`,
      ),
    ];
  }
  const said =
    nearest === folder
      ? `the inbox is ${folder}`
      : `the inbox ${folder} is not there yet; paperboy start makes it`;
  const seen: Seen[] = [well('doctor.inbox', said)];
  const rejected = (await readdir(join(folder, 'rejected')).catch(() => [])).filter(
    (name) => !name.endsWith('.findings.txt') && !name.startsWith('.'),
  );
  const [first] = rejected.toSorted();
  if (first === undefined) return seen;
  const more = rejected.length > 1 ? ` and ${rejected.length - 1} more` : '';
  seen.push(
    doubt(
      'doctor.inbox-rejected',
      `the inbox has rejected ${first}${more}`,
      `Read ${join(folder, 'rejected', `${first}.findings.txt`)}, correct the file and put it back into the inbox, or take it out`,
    ),
  );
  return seen;
}
