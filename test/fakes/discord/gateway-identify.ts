import { isJsonObject, type JsonObject, numberOf, textOf } from './json.ts';

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
export const closeCodes = {
  unknownError: 4000,
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSequence: 4007,
  rateLimited: 4008,
  sessionTimedOut: 4009,
  invalidShard: 4010,
  invalidVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

/** https://discord.com/developers/docs/events/gateway#list-of-intents */
export const intents = { guilds: 1, directMessages: 1 << 12 } as const;
const GUILD_MEMBERS = 1 << 1;
const GUILD_PRESENCES = 1 << 8;
const MESSAGE_CONTENT = 1 << 15;
/** Intents that an application must have been granted. */
export const PRIVILEGED_INTENTS = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
/** Bits 0–16, 20, 21, 24 and 25. */
const KNOWN_INTENTS = 0x1ffff | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

/**
 * The code with which Discord closes on an IDENTIFY, or nothing when it is welcome. `grantedIntents`
 * are the privileged intents that the application has.
 */
export function refuseIdentify(
  data: unknown,
  { isTokenValid, grantedIntents }: IdentifyRules,
): number | undefined {
  if (!isJsonObject(data) || !isJsonObject(data.properties)) return closeCodes.decodeError;
  if (!isTokenValid(textOf(data.token))) return closeCodes.authenticationFailed;
  if (!isSoundShard(data)) return closeCodes.invalidShard;
  if (!Number.isInteger(data.intents)) return closeCodes.invalidIntents;
  const asked = numberOf(data.intents);
  if ((asked & ~KNOWN_INTENTS) !== 0) return closeCodes.invalidIntents;
  const refused = asked & PRIVILEGED_INTENTS & ~grantedIntents;
  return refused === 0 ? undefined : closeCodes.disallowedIntents;
}

/** What an IDENTIFY is measured against. */
export type IdentifyRules = {
  readonly isTokenValid: (token: string) => boolean;
  readonly grantedIntents: number;
};

function isSoundShard({ shard }: JsonObject): boolean {
  if (shard === undefined) return true;
  if (!Array.isArray(shard) || shard.length !== 2) return false;
  const [index, count] = shard.map(Number);
  return index !== undefined && count !== undefined && index >= 0 && index < count;
}
