/*
 * Loaded before the program: its clock is ahead by CLOCK_AHEAD_MS milliseconds, as that of a process
 * that starts so much later.
 */
const aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const RealDate = Date;

class LaterDate extends RealDate {
  constructor(...args: [] | [value: number | string | Date]) {
    super(...((args.length === 0 ? [RealDate.now() + aheadMs] : args) as [number]));
  }

  static override now(): number {
    return RealDate.now() + aheadMs;
  }
}

globalThis.Date = LaterDate as DateConstructor;
