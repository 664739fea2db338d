import { z } from 'zod';
import type { Approval } from './desk/approval/judge-item.ts';

/** Who decides what is posted, and where on Discord they are asked. Ids of Discord. */
export type Editors = {
  readonly guildId: string;
  readonly channelId: string;
  /** Who has one of these roles there, or is one of these users, is an editor. */
  readonly roles: readonly string[];
  readonly users: readonly string[];
};

const APPROVAL = /^(?:(never|always)|([1-9]\d{0,2})([hd]))$/;
const HOURS = { h: 1, d: 24 } as const;
const EXAMPLE_ID = "'1052345678901234567'";

const approvalError =
  'must be never, always, or after how long without an answer it is given: 12h or 2d';
/** `approval` in `paperboy.yaml`. */
export const approvalSchema = z
  .string({ error: approvalError })
  .regex(APPROVAL, approvalError)
  .default('never')
  .transform(parseApproval);

function parseApproval(written: string): Approval {
  const [, kind, number, unit] = APPROVAL.exec(written) ?? [];
  if (kind === 'always') return { kind };
  if (number === undefined) return { kind: 'never' };
  return { kind: 'after', hours: Number(number) * (unit === 'd' ? HOURS.d : HOURS.h) };
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
