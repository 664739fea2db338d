/*
 * Loaded before the program: a server that `paperboy doctor` waits for as long as 8 s, or 10 s to be
 * told the time, is waited for up to a minute, as on a busy machine it may have to be.
 */
const DEADLINES_MS = [8_000, 10_000];
const PATIENT_MS = 60_000;
const stretch = (ms: number): number => (DEADLINES_MS.includes(ms) ? PATIENT_MS : ms);

globalThis.setTimeout = new Proxy(setTimeout, {
  apply: (real, self, [handler, ms = 0, ...args]: Parameters<typeof setTimeout>) =>
    Reflect.apply(real, self, [handler, stretch(ms), ...args]),
});
AbortSignal.timeout = new Proxy(AbortSignal.timeout, {
  apply: (real, self, [ms]: [number]) => Reflect.apply(real, self, [stretch(ms)]),
});
