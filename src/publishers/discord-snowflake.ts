/** The first millisecond of Discord: https://discord.com/developers/docs/reference#snowflakes */
const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** The least id that Discord gives at that instant. */
export function snowflakeAt(at: number): bigint {
  return BigInt(Math.max(0, at - DISCORD_EPOCH_MS)) << 22n;
}

/** The instant that an id carries, in milliseconds since 1970. */
export function instantOf(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
}
