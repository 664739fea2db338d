const WARM_MS = 400;

/** Runs something until it is warm: compiled, and with its tables made. */
export function warmUp(run: () => unknown, forMs = WARM_MS): void {
  const begin = performance.now();
  while (performance.now() - begin < forMs) run();
}

/** Milliseconds that each of so many runs takes, from the shortest to the longest. */
export function timeRuns(run: () => unknown, runs: number): number[] {
  const times = Array.from({ length: runs }, () => {
    const begin = performance.now();
    run();
    return performance.now() - begin;
  });
  return times.sort((a, b) => a - b);
}

/** The median in milliseconds, once warm. */
export function timeWarm(run: () => unknown, runs = 31): number {
  warmUp(run);
  return timeRuns(run, runs)[Math.floor(runs / 2)] ?? 0;
}

/** The slope of a line through points in a log-log plot (least squares): 1 is linear. */
export function fitExponent(points: readonly { size: number; ms: number }[]): number {
  const logs = points.map(({ size, ms }) => ({ x: Math.log(size), y: Math.log(ms) }));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const x0 = mean(logs.map(({ x }) => x));
  const y0 = mean(logs.map(({ y }) => y));
  const rise = logs.reduce((sum, { x, y }) => sum + (x - x0) * (y - y0), 0);
  return rise / logs.reduce((sum, { x }) => sum + (x - x0) ** 2, 0);
}
