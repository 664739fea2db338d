import { type StatsFs, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** With less than that left, what fails on a disk most likely fails for want of room. */
const LITTLE_BYTES = 5e6;

/** What is left on the disk of a folder; throws where the folder is not there. */
export type ReadDisk = (folder: string) => Pick<StatsFs, 'bavail' | 'bsize' | 'files' | 'ffree'>;

/**
 * Whether the disk of a file has no room, for more bytes or for another file. The file need not be
 * there. False where nobody can tell.
 */
export function isDiskFull(file: string, readDisk: ReadDisk = statfsSync): boolean {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      const { bavail, bsize, files, ffree } = readDisk(folder);
      // Some disks make room for files as they are needed, and count none.
      return bavail * bsize < LITTLE_BYTES || (files > 0 && ffree === 0);
    } catch {
      if (dirname(folder) === folder) return false;
    }
  }
}
