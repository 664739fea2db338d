import { stat } from 'node:fs/promises';
import { fault, type Seen, well } from './check.ts';
import { findNearest, isWritable } from './check-disk.ts';

/** Whether posts can be put into a folder; one that is not there is not made. */
export async function checkFolder({
  name,
  path,
}: {
  readonly name: string;
  readonly path: string;
}): Promise<Seen> {
  const nearest = await findNearest(path);
  const isGood = (await stat(nearest)).isDirectory() && (await isWritable(nearest));
  if (isGood) return well('doctor.folder', `${name}: posts go into ${path}`);
  return fault(
    'doctor.folder-unwritable',
    `${name}: posts cannot be put into ${path}: ${nearest} cannot be written by this user`,
    `Give this user the right to write ${nearest}, or set ${name === 'folder' ? 'folder' : `destinations.${name}`}.path in paperboy.yaml`,
  );
}
