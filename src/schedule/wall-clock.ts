/** A time as a clock on the wall shows it, without a zone. `month` counts from 1. */
export type WallTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the clock on the wall in a time zone (IANA name) shows at an instant. */
export function toWallTime(instant: Date, timeZone: string): WallTime {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  const parts = new Map(formatter.formatToParts(instant).map(({ type, value }) => [type, value]));
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
  };
}

/**
 * The instants at which the wall clock of a zone shows a time: one; two, in order, when the clock
 * goes back over it; none when the clock jumps over it, or when no calendar has such a day.
 */
export function toInstants(wall: WallTime, timeZone: string): Date[] {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const offsets = new Set<number>();
  for (const probe of [asUtc - 36 * 3_600_000, asUtc + 36 * 3_600_000, asUtc]) {
    const shown = toWallTime(new Date(probe), timeZone);
    offsets.add(
      Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute) -
        Math.floor(probe / 60_000) * 60_000,
    );
  }
  return [...offsets]
    .map((offset) => new Date(asUtc - offset))
    .filter((instant) => {
      const shown = toWallTime(instant, timeZone);
      return (
        shown.year === wall.year &&
        shown.month === wall.month &&
        shown.day === wall.day &&
        shown.hour === wall.hour &&
        shown.minute === wall.minute
      );
    })
    .sort((a, b) => a.getTime() - b.getTime());
}
