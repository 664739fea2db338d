import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  GatewayCloseCodes,
} from 'discord.js';

/** Why Discord will not have the bot, and what a person can do about it. */
export type Refusal = { readonly reason: string; readonly remedy: string };

const TOKEN: Refusal = {
  reason: 'Discord does not accept the bot token',
  remedy:
    'Reset the token on the Bot page of the Discord developer portal, set DISCORD_TOKEN to it, and start again.',
};

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const BY_CODE: Readonly<Record<number, Refusal>> = {
  [GatewayCloseCodes.AuthenticationFailed]: TOKEN,
  [GatewayCloseCodes.InvalidShard]: update('the way it connects (4010)'),
  [GatewayCloseCodes.ShardingRequired]: {
    reason:
      'Discord asks for several connections, as the bot is in too many servers for one (4011)',
    remedy: 'Remove the bot from servers that do not use it, and start again.',
  },
  [GatewayCloseCodes.InvalidAPIVersion]: update('its version of the API (4012)'),
  [GatewayCloseCodes.InvalidIntents]: update('the intents that it asks for (4013)'),
  [GatewayCloseCodes.DisallowedIntents]: {
    reason: 'Discord does not allow the bot the intents that it asks for (4014)',
    remedy:
      'Only “Guilds” is asked for, which every bot has: check on the Discord developer portal that the application is in order, and start again.',
  },
};

/**
 * Tells a refusal for good from what passes by itself, by what was thrown or by the code with which
 * Discord closed the connection.
 */
export function readRefusal(error: unknown, code?: number): Refusal | undefined {
  if (code !== undefined && BY_CODE[code] !== undefined) return BY_CODE[code];
  if (error instanceof DiscordAPIError && error.status === 401) return TOKEN;
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
    return TOKEN;
  }
  return undefined;
}

function update(what: string): Refusal {
  return {
    reason: `Discord does not take the bot for ${what}`,
    remedy: 'Update Paperboy, and start again.',
  };
}
