import type { APIDMChannel } from 'discord-api-types/v10';
import type { DiscordRest } from './discord-rest.ts';

/** Direct messages of the bot to members. Both reject as the REST calls do. */
export type DirectMessages = {
  /** The id of a member’s channel with the bot, which is always the same one. */
  open(userId: string): Promise<string>;
  /** Sends Markdown that pings nobody. It is sent once: a lost answer is not asked after. */
  tell(userId: string, text: string): Promise<void>;
};

const TIMEOUT_MS = 15_000;

/** https://discord.com/developers/docs/resources/user#create-dm */
export function makeDirectMessages(rest: DiscordRest): DirectMessages {
  const open = async (userId: string): Promise<string> => {
    const body = { recipient_id: userId };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return (await rest.post<APIDMChannel>('/users/@me/channels', body, signal)).id;
  };
  return {
    open,
    tell: async (userId, content) => {
      const path = `/channels/${await open(userId)}/messages` as const;
      const body = { content, allowed_mentions: { parse: [] } };
      await rest.post(path, body, AbortSignal.timeout(TIMEOUT_MS));
    },
  };
}
