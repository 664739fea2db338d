/** Linear is 1, quadratic 2. A test asks for less than this. */
export const LINEAR_AT_MOST = 1.6;

const ATTEMPTS = 6;

/** Shorter times are told in ticks of the clock, which may be some milliseconds long. */
const LEAST_MS = 25;

/** Milliseconds of one run: as many are measured together as it takes to tell. */
function time(run: () => unknown): number {
  // Of this thread's processor, not of the wall: others may be busy on this machine.
  const begin = process.threadCpuUsage().user;
  for (let runs = 1; ; runs += 1) {
    run();
    const ms = (process.threadCpuUsage().user - begin) / 1000;
    if (ms >= LEAST_MS) return ms / runs;
  }
}

/** The power of the size with which time grows: 1 is linear, 2 quadratic. */
export function findExponent<T>(
  make: (length: number) => T,
  run: (made: T) => unknown,
  from: number,
  to: number,
): number {
  const short = make(from);
  const long = make(to);
  run(short); // Warmed up.
  // A busy machine can disturb one measurement; what is quadratic is so every time.
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least >= LINEAR_AT_MOST; attempt += 1) {
    const base = Math.min(
      time(() => run(short)),
      time(() => run(short)),
    );
    least = Math.min(least, Math.log(time(() => run(long)) / base) / Math.log(to / from));
  }
  return least;
}
