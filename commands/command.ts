import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import type { DiscordEmbedMessage } from '../formatters/discord.ts';
import type { Desk } from '../src/desk/desk.ts';

/** What a command answers: the body of a message, mentions off. */
export type Reply = DiscordEmbedMessage;

/** One slash command. It knows the desk alone: no client, no network, no session. */
export type Command = {
  /** As it is registered with Discord. */
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  answer(desk: Desk): Promise<Reply>;
};
