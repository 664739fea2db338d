import type { CliContext, ExitCode } from './context.ts';
import { readLastHeartbeat, readLife } from './heartbeat.ts';

/** `paperboy health`: whether a `paperboy start` on this data folder has shown life of late. */
export async function runHealth({ output, readFolders }: CliContext): Promise<ExitCode> {
  const { data } = await readFolders();
  const { isRunning, heardAt } = await readLife(data, new Date());
  // What runs on a full disk shows no life either.
  const how = isRunning
    ? 'running'
    : heardAt === undefined
      ? 'not running'
      : 'not running, or unable to say so';
  const endedAt = heardAt === undefined ? await readLastHeartbeat(data) : undefined;
  const seenAt = heardAt ?? endedAt;
  const ended = endedAt === undefined ? '' : ', then it, or another one on the folder, was ended';
  const seen = seenAt === undefined ? '' : `, last sign of life: ${seenAt.toISOString()}${ended}`;
  output.line(`${how}${seen}`);
  return isRunning ? 0 : 1;
}
