import type {
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { BotDesk } from '../src/desk/bot-desk.ts';
import type { ReplyBody } from './parts/reply.ts';

/** Who asks, and where. */
export type Asker = {
  readonly userId: string;
  readonly guildId: string | undefined;
  readonly channelId: string;
  readonly mayManageServer: boolean;
  /** BCP 47: the language in which the asker has Discord. */
  readonly locale: string;
  /** The same of the server; undefined in direct messages. */
  readonly guildLocale?: string | undefined;
  /** Whether the bot is in the server; else its application is installed for the asker alone. */
  readonly isBotInGuild?: boolean;
  /** What the bot may do in the channel: bits of Discord’s permissions. */
  readonly botRights?: bigint;
  /** The channel is a thread, where other rights count. */
  readonly isThread?: boolean;
};

/** A question. Of options that name a channel or a role, the value is its id. */
export type Ask = {
  readonly desk: BotDesk;
  readonly asker: Asker;
  readonly options: Readonly<Record<string, string | number | boolean>>;
};

/** An answer. A private one is seen by the asker alone. */
export type Reply = { readonly body: ReplyBody; readonly isPrivate: boolean };

/** A suggestion while somebody types: both at most 100 characters. */
export type Choice = { readonly name: string; readonly value: string | number };

/** A button or a menu that was used. */
export type Press = {
  readonly state: string;
  /** What was chosen in a menu. */
  readonly values: readonly string[];
  /** Whether who presses is who asked for the message; a message of another member’s is not changed:
   * what they press comes as a new answer. */
  readonly isOwn: boolean;
};

/** What a button does: its message shows another body, or a new answer comes. */
export type Pressed = Reply & { readonly isNew?: boolean };

/**
 * One command. It knows the desk alone: no client, no network, no session. Whatever it must
 * remember stands in the state of its buttons, so that they work after a restart.
 */
export type Command = {
  /** As it is registered with Discord. */
  readonly definition:
    | RESTPostAPIChatInputApplicationCommandsJSONBody
    | RESTPostAPIContextMenuApplicationCommandsJSONBody;
  /** How it answers when the option `private` is not given; for everybody without this. */
  readonly isPrivate?: boolean;
  answer?(ask: Ask): Promise<Reply>;
  /** While somebody types; at most 25. */
  suggest?(
    ask: Ask,
    focused: { readonly name: string; readonly value: string },
  ): Promise<readonly Choice[]>;
  /** Undefined for a state that it cannot read: of an older version, or made up. */
  press?(ask: Ask, press: Press): Promise<Pressed | undefined>;
  /** Of a command in a message’s menu: what somebody wrote, and the addresses in its previews. */
  findIn?(
    ask: Ask,
    message: { readonly content: string; readonly urls: readonly string[] },
  ): Promise<Reply>;
};
