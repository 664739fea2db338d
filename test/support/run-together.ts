import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Ended, runNode } from './run-node.ts';
import { makeTempFolder } from './temp-folder.ts';

/**
 * Runs a script of this folder in several processes, to their ends. Each has a folder as its first
 * argument, for `waitForAll`: what comes after that they do at the same time.
 */
export async function runTogether(
  script: string,
  each: readonly (readonly string[])[],
): Promise<Ended[]> {
  const folder = makeTempFolder();
  let hasEnded = false;
  const processes = each.map((args) =>
    runNode(script, [folder, ...args]).finally(() => {
      hasEnded = true;
    }),
  );
  // One that ends before has failed, and is told of with the others.
  while (readdirSync(folder).length < each.length && !hasEnded) await setTimeout(5);
  writeFileSync(join(folder, 'go'), '');
  return Promise.all(processes);
}
