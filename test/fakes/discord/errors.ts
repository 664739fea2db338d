import type { JsonObject } from './json.ts';

/** One thing wrong with a request body: where, Discord's name for it, and its sentence. */
export type Problem = {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
};

/**
 * A refusal in Discord's own shape, `{message, code, errors?}`.
 * The codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 */
export class DiscordRefusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: JsonObject | undefined;

  constructor(status: number, code: number, message: string, errors?: JsonObject) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  get body(): JsonObject {
    const body: JsonObject = { message: this.message, code: this.code };
    return this.errors === undefined ? body : { ...body, errors: this.errors };
  }
}

/** The refusals that the fake knows, one maker each, with the words that Discord uses. */
export const refusals = {
  notFound: () => new DiscordRefusal(404, 0, '404: Not Found'),
  methodNotAllowed: () => new DiscordRefusal(405, 0, '405: Method Not Allowed'),
  unauthorized: () => new DiscordRefusal(401, 0, '401: Unauthorized'),
  noUserAgent: () => new DiscordRefusal(403, 40333, 'internal network error'),
  badJson: () => new DiscordRefusal(400, 50109, 'The request body contains invalid JSON.'),
  tooLarge: () => new DiscordRefusal(413, 40005, 'Request entity too large'),
  unknownChannel: () => new DiscordRefusal(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new DiscordRefusal(404, 10004, 'Unknown Guild'),
  unknownMember: () => new DiscordRefusal(404, 10007, 'Unknown Member'),
  unknownWebhook: () => new DiscordRefusal(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new DiscordRefusal(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new DiscordRefusal(404, 10063, 'Unknown application command'),
  invalidRecipient: () => new DiscordRefusal(400, 50033, 'Invalid Recipient(s)'),
  tooManyCommands: (limit: number) =>
    new DiscordRefusal(400, 30032, `Maximum number of application commands reached (${limit})`),
  tooManyCreates: (limit: number) =>
    new DiscordRefusal(
      400,
      30034,
      `Max number of daily application command creates has been reached (${limit})`,
    ),
  alreadyAcknowledged: () =>
    new DiscordRefusal(400, 40060, 'Interaction has already been acknowledged.'),
  tooManyFollowUps: () =>
    new DiscordRefusal(400, 40094, 'Maximum number of follow-up messages reached'),
  closedToBot: () => new DiscordRefusal(403, 50007, 'Cannot send messages to this user'),
  badWebhookToken: () => new DiscordRefusal(401, 50027, 'Invalid Webhook Token'),
  unknownMessage: () => new DiscordRefusal(404, 10008, 'Unknown Message'),
  unknownTag: () => new DiscordRefusal(404, 10087, 'Unknown tag'),
  alreadyCrossposted: () =>
    new DiscordRefusal(400, 40033, 'This message has already been crossposted.'),
  tagRequired: () =>
    new DiscordRefusal(400, 40067, 'A tag is required to create a forum post in this channel'),
  archivedThread: () => new DiscordRefusal(400, 50083, 'Thread is archived'),
  lockedThread: () => new DiscordRefusal(400, 160005, 'Thread is locked'),
  missingAccess: () => new DiscordRefusal(403, 50001, 'Missing Access'),
  notAuthor: () => new DiscordRefusal(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new DiscordRefusal(400, 50006, 'Cannot send an empty message'),
  notTextChannel: () =>
    new DiscordRefusal(400, 50008, 'Cannot send messages in a non-text channel'),
  missingPermissions: () => new DiscordRefusal(403, 50013, 'Missing Permissions'),
  wrongChannelType: () =>
    new DiscordRefusal(400, 50024, 'Cannot execute action on this channel type'),
} as const;

/** 50035 with every problem in its place: `errors.embeds.0.title._errors[0]`. */
export function invalidForm(problems: readonly Problem[]): DiscordRefusal {
  const errors: JsonObject = {};
  for (const { path, code, message } of problems) {
    let place = errors;
    for (const step of path) place = memberOf(place, String(step));
    const list = Array.isArray(place._errors) ? place._errors : [];
    place._errors = [...list, { code, message }];
  }
  return new DiscordRefusal(400, 50035, 'Invalid Form Body', errors);
}

function memberOf(parent: JsonObject, key: string): JsonObject {
  const found = parent[key];
  if (typeof found === 'object' && found !== null) return found as JsonObject;
  const made: JsonObject = {};
  parent[key] = made;
  return made;
}
