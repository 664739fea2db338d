import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';

export const HEARTBEAT_MS = 10_000;
/** A sign of life that is older than three is none. */
export const ALIVE_MS = 3 * HEARTBEAT_MS;
const FILE = 'heartbeat.json';
/** What is left of one that has ended. */
const LAST = 'heartbeat-last.json';

/** Whether somebody is there to post. */
export type Life = {
  readonly isRunning: boolean;
  /** When somebody last showed life; undefined where nobody did, or who did has ended. */
  readonly heardAt: Date | undefined;
};

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

/** Puts the note aside as the service ends: nobody waits to see whether it lives. */
export async function removeHeartbeat(dataFolder: string): Promise<void> {
  try {
    // Of two services on the folder the other writes its own again, in seconds.
    await rename(join(dataFolder, FILE), join(dataFolder, LAST));
  } catch (error) {
    // The other has ended in the same seconds, or none could ever be written.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** When the service last showed life; undefined where it never did, or has ended. */
export async function readHeartbeat(dataFolder: string): Promise<Date | undefined> {
  return readBeat(join(dataFolder, FILE));
}

/** The last sign of life of a service that has ended; undefined where none has. */
export async function readLastHeartbeat(dataFolder: string): Promise<Date | undefined> {
  return readBeat(join(dataFolder, LAST));
}

/** Whether a service has shown life of late. */
export async function readLife(dataFolder: string, now: Date): Promise<Life> {
  const heardAt = await readHeartbeat(dataFolder);
  const isRunning = heardAt !== undefined && now.getTime() - heardAt.getTime() < ALIVE_MS;
  return { isRunning, heardAt };
}

async function readBeat(path: string): Promise<Date | undefined> {
  try {
    const beat: unknown = JSON.parse(await readFile(path, 'utf8'));
    const isBeat = typeof beat === 'object' && beat !== null && 'at' in beat;
    const at = new Date(isBeat ? String(beat.at) : '');
    return Number.isNaN(at.getTime()) ? undefined : at;
  } catch {
    // No file yet, or one of another kind: no sign of life either way.
    return undefined;
  }
}
