import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CliContext, ExitCode } from './context.ts';

export const HEARTBEAT_FILE = 'heartbeat.json';
export const HEARTBEAT_MS = 10_000;

/** `paperboy health`: whether a `paperboy start` on this data folder has shown life of late. */
export async function runHealth({ output, readFolders }: CliContext): Promise<ExitCode> {
  const { data } = await readFolders();
  let at: Date | undefined;
  try {
    const beat: unknown = JSON.parse(await readFile(join(data, HEARTBEAT_FILE), 'utf8'));
    if (typeof beat === 'object' && beat !== null && 'at' in beat) at = new Date(String(beat.at));
  } catch {
    at = undefined;
  }
  const ageMs = at === undefined ? Infinity : Date.now() - at.getTime();
  const isAlive = ageMs < 3 * HEARTBEAT_MS;
  const seen = at === undefined ? 'never' : at.toISOString();
  output.line(
    isAlive ? `running, last sign of life ${seen}` : `not running, last sign of life: ${seen}`,
  );
  return isAlive ? 0 : 1;
}
