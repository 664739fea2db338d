import type { CliContext, ExitCode } from './context.ts';
import { HEARTBEAT_MS, readHeartbeat } from './heartbeat.ts';

/** `paperboy health`: whether a `paperboy start` on this data folder has shown life of late. */
export async function runHealth({ output, readFolders }: CliContext): Promise<ExitCode> {
  const { data } = await readFolders();
  const at = await readHeartbeat(data);
  const ageMs = at === undefined ? Infinity : Date.now() - at.getTime();
  const isAlive = ageMs < 3 * HEARTBEAT_MS;
  const seen = at === undefined ? 'never' : at.toISOString();
  // What runs on a full disk shows no life either.
  const how = isAlive
    ? 'running'
    : at === undefined
      ? 'not running'
      : 'not running, or unable to say so';
  output.line(`${how}, last sign of life: ${seen}`);
  return isAlive ? 0 : 1;
}
