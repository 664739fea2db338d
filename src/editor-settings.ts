import { z } from 'zod';

/** Whether the clock waits for an editor: for how long, in hours, or for good. */
export type Approval =
  | { readonly kind: 'never' }
  | { readonly kind: 'always' }
  | { readonly kind: 'after'; readonly hours: number };

/** Who decides what is posted, and where on Discord they are asked. Ids of Discord. */
export type Editors = {
  readonly guildId: string;
  readonly channelId: string;
  /** Who has one of these roles there, or is one of these users, is an editor. */
  readonly roles: readonly string[];
  readonly users: readonly string[];
};

const SILENCE = /^([1-9]\d{0,2})\s*([hd])$/;
const EXAMPLE_ID = "'1052345678901234567'";

/** `approval` in `paperboy.yaml`. */
export const approvalSchema = z
  .union([z.enum(['never', 'always']), z.string().regex(SILENCE)], {
    error: 'must be never, always, or after how long without an answer it is given: 12h or 2d',
  })
  .default('never')
  .transform(parseApproval);

function parseApproval(written: string): Approval {
  if (written === 'never' || written === 'always') return { kind: written };
  const [, number, unit] = SILENCE.exec(written) ?? [];
  return { kind: 'after', hours: Number(number) * (unit === 'd' ? 24 : 1) };
}

const discordId = z
  .string({
    error: ({ input }) =>
      typeof input === 'number'
        ? `must be in quotes, as a number of that size loses its last digits: ${EXAMPLE_ID}`
        : `must be an id of Discord, 17 to 20 digits in quotes: ${EXAMPLE_ID}`,
  })
  .regex(/^\d{17,20}$/, `must be an id of Discord, 17 to 20 digits in quotes: ${EXAMPLE_ID}`);

/** `editors` in `paperboy.yaml`. */
export const editorsSchema = z
  .strictObject({
    guild: discordId,
    channel: discordId,
    roles: z.array(discordId).default([]),
    users: z.array(discordId).default([]),
  })
  .refine(({ roles, users }) => roles.length + users.length > 0, {
    error: `must name who they are, in roles or users: at least one id, for example roles: [${EXAMPLE_ID}]`,
  })
  .transform(
    ({ guild, channel, roles, users }): Editors => ({
      guildId: guild,
      channelId: channel,
      roles,
      users,
    }),
  )
  .optional();
