import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** In a process that `runTogether` runs: says that it is ready, and resolves once all of them are. */
export async function waitForAll(folder: string): Promise<void> {
  writeFileSync(join(folder, `ready-${process.pid}`), '');
  while (!existsSync(join(folder, 'go'))) await setTimeout(1);
}
