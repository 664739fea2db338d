/*
 * Loaded before the program: the disk has FREE_BYTES left, whatever it has.
 */

import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const free = Number(process.env.FREE_BYTES ?? 0);
const { statfs } = promises;

Object.assign(promises, {
  statfs: async (path: string) => ({ ...(await statfs(path)), bavail: free, bsize: 1 }),
});
syncBuiltinESMExports();
