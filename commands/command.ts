import type {
  APIModalInteractionResponseCallbackData,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { BotDesk } from '../src/desk/bot-desk.ts';
import type { EditorDesk } from '../src/desk/editor-desk.ts';
import type { ReplyBody } from './parts/reply.ts';

/** Who asks, and where. */
export type Asker = {
  readonly userId: string;
  /** The name by which Discord knows the user; empty where it is not told. */
  readonly username?: string;
  /** The ids of the roles that the asker has in the server. */
  readonly roles?: readonly string[];
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

/** A question by an editor. */
export type EditorAsk = Omit<Ask, 'desk'> & { readonly desk: EditorDesk };

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
  /** What the cards of the message say. */
  readonly texts?: readonly string[];
};

/** A form that opens over the message. */
export type Modal = APIModalInteractionResponseCallbackData;

/** A form that was sent. */
export type Submission = {
  readonly state: string;
  /** What stands in its fields, by their names. */
  readonly fields: Readonly<Record<string, string>>;
  /** As of a press: of the message over which it was opened. */
  readonly isOwn: boolean;
};

/**
 * What a button does: its message shows another body, or a new answer comes; or a form opens. A form
 * that comes too late for Discord is not opened, and the body is shown in its place.
 */
export type Pressed = Reply & { readonly isNew?: boolean; readonly modal?: Modal };

/** What a command does, for who asks so. */
type Verbs<A> = {
  answer?(ask: A): Promise<Reply>;
  /** While somebody types; at most 25. */
  suggest?(
    ask: A,
    focused: { readonly name: string; readonly value: string },
  ): Promise<readonly Choice[]>;
  /** Undefined for a state that it cannot read: of an older version, or made up. */
  press?(ask: A, press: Press): Promise<Pressed | undefined>;
  /** The same of a form that it has opened. */
  submit?(ask: A, submission: Submission): Promise<Pressed | undefined>;
};

/**
 * One command. It knows the desk alone: no client, no network, no session. Whatever it must
 * remember stands in the state of its buttons, so that they work after a restart.
 */
export type Command = Verbs<Ask> & {
  /** As it is registered with Discord. */
  readonly definition:
    | RESTPostAPIChatInputApplicationCommandsJSONBody
    | RESTPostAPIContextMenuApplicationCommandsJSONBody;
  /** How it answers when the option `private` is not given; for everybody without this. */
  readonly isPrivate?: boolean;
  /** It is used again and again by a few: whoever does so is not slowed down like everybody. */
  readonly isBusy?: boolean;
  /** Of a command in a message’s menu: what somebody wrote, and the addresses in its previews. */
  findIn?(
    ask: Ask,
    message: { readonly content: string; readonly urls: readonly string[] },
  ): Promise<Reply>;
};

/**
 * A command for editors alone: registered in their server, and answered privately. Whoever calls it
 * has made sure that an editor asks.
 */
export type EditorCommand = Verbs<EditorAsk> & {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
};
