import { doubt, fault, type Seen, skip, well } from './check.ts';

const OFF_MS = 30_000;
/** Discord and Bluesky turn down what is signed or stamped further from their time. */
const FAR_OFF_MS = 5 * 60_000;
const TIMEOUT_MS = 10_000;
/** The header has whole seconds, cut off. */
const HALF_SECOND_MS = 500;

/** Compares this machine's clock with what servers say in their answers. */
export async function checkClock(
  servers: readonly string[],
  now: () => Date,
  signal: AbortSignal,
): Promise<Seen> {
  const ending = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const offsets = await Promise.all(servers.map((one) => readOffset(one, now, ending)));
  // One server may be wrong: the one that agrees most with this machine is believed.
  const [offset] = offsets
    .filter((one) => one !== undefined)
    .sort((a, b) => Math.abs(a) - Math.abs(b));
  if (offset === undefined) return skip('doctor.clock', 'the clock: no server told its time');
  const seconds = Math.round(Math.abs(offset) / 1000);
  if (Math.abs(offset) <= OFF_MS) {
    return well('doctor.clock', `the clock is right, to ${Math.max(seconds, 1)} s`);
  }
  const how = `${describeSeconds(seconds)} ${offset > 0 ? 'fast' : 'slow'}`;
  const remedy = 'Set the clock of this machine, and let it be kept: timedatectl set-ntp true';
  if (Math.abs(offset) <= FAR_OFF_MS) {
    return doubt('doctor.clock-off', `the clock of this machine is ${how}`, remedy);
  }
  const said = `the clock of this machine is ${how}: Discord and Bluesky refuse what it stamps`;
  return fault('doctor.clock-off', said, remedy);
}

/** How far ahead of the server's clock ours is; undefined where it does not say. */
async function readOffset(
  server: string,
  now: () => Date,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const before = now().getTime();
    const answer = await fetch(server, { method: 'HEAD', redirect: 'manual', signal });
    const at = (before + now().getTime()) / 2;
    const date = Date.parse(answer.headers.get('date') ?? '');
    return Number.isNaN(date) ? undefined : at - date - HALF_SECOND_MS;
  } catch {
    return undefined; // That it cannot be reached is told by the check of the place itself.
  }
}

/** In which zone the slots are, and whether that was meant. */
export function checkZone(written: string | undefined, own: string): Seen {
  if (written !== undefined) {
    const said = `the schedule is in the time of ${written}`;
    return well('doctor.time-zone', written === own ? said : `${said}; this machine in ${own}`);
  }
  if (!/^(?:Etc\/)?(?:UTC|GMT|UCT|Universal)$/.test(own)) {
    return well('doctor.time-zone', `the schedule is in the time of this machine, ${own}`);
  }
  return doubt(
    'doctor.time-zone-unset',
    `the schedule is in ${own}, as this machine is and nothing else is set`,
    'Set schedule.timeZone in paperboy.yaml, for example Europe/Berlin, or UTC if that is meant',
  );
}

function describeSeconds(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3_600)} hours`
    : `${Math.round(seconds / 86_400)} days`;
}
