import { z } from 'zod';
import type { Approval } from './desk/approval/judge-item.ts';
import { setting } from './setting.ts';

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
  'must be never, always, or after how long without an answer it is given: 12h or 2d, and 999h or 999d at most';
/** `approval` in `paperboy.yaml`. */
export const approvalSchema = setting(
  z
    .string({ error: approvalError })
    .regex(APPROVAL, approvalError)
    .default('never')
    .transform(parseApproval),
  {
    description:
      'Whether the clock waits for an editor: `never`; `always`, so that nothing goes out that nobody has approved; or how long an editor’s silence must last to be taken for approval, in hours or days. With `paperboy approve` it needs no `editors`.',
    examples: ['always', '12h', '2d'],
  },
);

function parseApproval(written: string): Approval {
  const [, kind, number, unit] = APPROVAL.exec(written) ?? [];
  if (kind === 'always') return { kind };
  if (number === undefined) return { kind: 'never' };
  return { kind: 'after', hours: Number(number) * (unit === 'd' ? HOURS.d : HOURS.h) };
}

const discordId = (): z.ZodString =>
  z
    .string({
      error: ({ input }) =>
        typeof input === 'number'
          ? `must be in quotes, as a number of that size loses its last digits: ${EXAMPLE_ID}`
          : `must be an id of Discord, 17 to 20 digits in quotes: ${EXAMPLE_ID}`,
    })
    .regex(/^\d{17,20}$/, `must be an id of Discord, 17 to 20 digits in quotes: ${EXAMPLE_ID}`);

/** `editors` in `paperboy.yaml`. */
export const editorsSchema = setting(
  z
    .strictObject({
      guild: setting(discordId(), {
        description: 'The id of the Discord server where the editors’ commands are.',
        examples: ['1052345678901234567'],
      }),
      channel: setting(discordId(), {
        description: 'The id of the channel in it where the bot shows each issue and asks.',
        examples: ['1052345678901234568'],
      }),
      roles: setting(z.array(discordId()).default([]), {
        description: 'The ids of roles whose members are editors.',
        examples: [['1052345678901234569']],
      }),
      users: setting(z.array(discordId()).default([]), {
        description: 'The ids of members who are editors whatever their roles.',
        examples: [['1052345678901234570']],
      }),
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
    .optional(),
  {
    description:
      'Who decides on Discord what is posted: in this channel they are asked, and their commands work in this server alone. At least one role or user is needed, and DISCORD_TOKEN. Ids stand in quotes, as YAML rounds numbers of their size.',
  },
);
