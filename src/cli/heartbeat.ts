import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';

export const HEARTBEAT_MS = 10_000;
const FILE = 'heartbeat.json';

/** Notes that the service lives. A failure is logged: `paperboy health` then sees an old one. */
export async function writeHeartbeat(dataFolder: string, at: Date, log: Log): Promise<void> {
  const path = join(dataFolder, FILE);
  const aside = `${path}.part`;
  try {
    await writeFile(aside, JSON.stringify({ pid: process.pid, at: at.toISOString() }));
    await rename(aside, path);
  } catch (error) {
    log.error({ reason: describeError(error) }, 'heartbeat.failed');
  }
}

/** Takes the note back as the service ends: nobody waits to see whether it lives. */
export async function removeHeartbeat(dataFolder: string): Promise<void> {
  // Of two services on the folder the other writes its own again, in seconds.
  await rm(join(dataFolder, FILE), { force: true });
}

/** When the service last showed life; undefined where it never did. */
export async function readHeartbeat(dataFolder: string): Promise<Date | undefined> {
  try {
    const beat: unknown = JSON.parse(await readFile(join(dataFolder, FILE), 'utf8'));
    return typeof beat === 'object' && beat !== null && 'at' in beat
      ? new Date(String(beat.at))
      : undefined;
  } catch {
    // No file yet, or one of another kind: no sign of life either way.
    return undefined;
  }
}
