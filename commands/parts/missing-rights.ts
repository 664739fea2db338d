import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { BotRight } from '../../formatters/voice/bot/follow-voice.ts';
import type { Asker } from '../command.ts';

const RIGHTS = {
  view: PermissionFlagsBits.ViewChannel,
  send: PermissionFlagsBits.SendMessages,
  sendInThreads: PermissionFlagsBits.SendMessagesInThreads,
  embed: PermissionFlagsBits.EmbedLinks,
  history: PermissionFlagsBits.ReadMessageHistory,
} as const satisfies Record<BotRight, bigint>;

/** The rights for posting that the bot lacks where the asker is; none where nobody can tell. */
export function listMissingRights({ botRights, isThread = false }: Asker): BotRight[] {
  if (botRights === undefined || (botRights & PermissionFlagsBits.Administrator) !== 0n) return [];
  const send = isThread ? 'sendInThreads' : 'send';
  const needed = ['view', send, 'embed', 'history'] as const;
  return needed.filter((right) => (botRights & RIGHTS[right]) === 0n);
}
