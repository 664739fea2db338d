import { setTimeout as wait } from 'node:timers/promises';
import { HEARTBEAT_MS, readHeartbeat } from './heartbeat.ts';

/** A service that misses two beats in a row is gone. */
const SILENCE_MS = 2 * HEARTBEAT_MS;
const LOOK_MS = 250;

/**
 * Whether a `paperboy start` works on a data folder. A sign of life that is fresh may be the last
 * one of a process that has just ended: the next one is waited for, and `onWait` called before.
 */
export async function waitForLife(dataFolder: string, onWait: () => void): Promise<boolean> {
  const first = await readHeartbeat(dataFolder);
  if (first === undefined) return false;
  // A clock that was set back makes nobody wait longer.
  let leftMs = SILENCE_MS - Math.max(0, Date.now() - first.getTime());
  if (leftMs <= 0) return false;
  onWait();
  for (; leftMs > 0; leftMs -= LOOK_MS) {
    const seen = await readHeartbeat(dataFolder);
    if (seen !== undefined && seen.getTime() !== first.getTime()) return true;
    await wait(LOOK_MS);
  }
  return false;
}
