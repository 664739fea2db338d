/** The first millisecond of Discord: https://discord.com/developers/docs/reference#snowflakes */
export const DISCORD_EPOCH_MS = 1_420_070_400_000n;

/** The id that Discord would give at an instant, as digits; `step` parts ids of one millisecond. */
export function snowflakeAt(at: Date, step = 0n): string {
  return String(((BigInt(at.getTime()) - DISCORD_EPOCH_MS) << 22n) + step);
}

/** The instant that an id carries. */
export function instantOf(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + DISCORD_EPOCH_MS));
}

/** Makes ids from the clock; each is greater than the one before, whatever the clock does. */
export function makeSnowflakes(now: () => Date): () => string {
  let last = 0n;
  return () => {
    const byClock = BigInt(snowflakeAt(now()));
    last = byClock > last ? byClock : last + 1n;
    return String(last);
  };
}

/** Orders ids as numbers, of whatever length: negative when `a` is the older. */
export function compareSnowflakes(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * An instant as Discord writes it: offset `+00:00`, six digits of fraction,
 * and no fraction at all on a whole second.
 */
export function discordTimestamp(at: Date): string {
  return at
    .toISOString()
    .replace(/\.000Z$/, '+00:00')
    .replace(/\.(\d{3})Z$/, '.$1000+00:00');
}
