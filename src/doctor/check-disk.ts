import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describeBytes } from '../kit/describe-bytes.ts';
import { doubt, fault, type Seen, well } from './check.ts';

const LOW_BYTES = 500e6;
const FULL_BYTES = 50e6;

/** Whether the folder of all data can be written; one that is not there is not made. */
export async function checkDataFolder(folder: string): Promise<Seen> {
  const nearest = await findNearest(folder);
  const isThere = nearest === folder;
  if (!(await stat(nearest)).isDirectory()) {
    return fault(
      'doctor.data-unwritable',
      `the data folder ${folder} cannot be made: ${nearest} is a file`,
      'Set PAPERBOY_DATA to a folder, or move the file away',
    );
  }
  if (!(await isWritable(nearest))) {
    return fault(
      'doctor.data-unwritable',
      `the data folder ${folder} cannot be ${isThere ? 'written' : 'made'} by this user`,
      `Give this user the right to write ${nearest}, or set PAPERBOY_DATA to another folder`,
    );
  }
  if (isThere) return well('doctor.data', `the data folder is ${folder}`);
  return well('doctor.data', `the data folder ${folder} is not there yet; it will be made`);
}

/** How much room is left where the data is. */
export async function checkDisk(folder: string): Promise<Seen> {
  const { bavail, bsize } = await statfs(await findNearest(folder));
  const free = bavail * bsize;
  const said = `${describeBytes(free)} are free on the disk of the data folder`;
  const remedy = 'Free some space there, or set PAPERBOY_DATA to a folder on another disk';
  if (free < FULL_BYTES) return fault('doctor.disk-low', said, remedy);
  return free < LOW_BYTES ? doubt('doctor.disk-low', said, remedy) : well('doctor.disk', said);
}

/** The folder itself, or the nearest one above it that is there. */
export async function findNearest(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    const isThere = await stat(at).then(
      () => true,
      () => false,
    );
    if (isThere || dirname(at) === at) return at;
  }
}

/** Nothing is written to find out. */
export async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}
