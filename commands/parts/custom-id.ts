import type { CommandName } from '../../formatters/voice/bot/bot-voice.ts';
import type { EditorCommandName } from '../../formatters/voice/bot/editor-voice.ts';

/** Buttons of another version are answered kindly, and not read. */
const VERSION = '1';
/** https://discord.com/developers/docs/components/reference#anatomy-of-a-component */
const MOST = 100;
const LONGEST_NAME = 'catchup'.length;

/** So many UTF-16 units are surely left for a state. */
export const STATE_MOST = MOST - LONGEST_NAME - VERSION.length - 2;

/** A command whose buttons there are. */
export type CommandKey = CommandName | EditorCommandName;

/** What a button belongs to, and what it means there. */
export type CustomId = { readonly command: string; readonly state: string };

/** Names a button or a menu: "search:1:2.moe". Throws for a state that is too long. */
export function makeCustomId(command: CommandKey, state: string): string {
  if (state.length > STATE_MOST) {
    throw new Error(`Cannot keep a state of ${state.length} characters, at most ${STATE_MOST}`);
  }
  return `${command}:${VERSION}:${state}`;
}

/** Reads what `makeCustomId` wrote; undefined for anything else. */
export function readCustomId(customId: string): CustomId | undefined {
  const [, command, version, state] = /^([a-z-]+):([^:]*):(.*)$/s.exec(customId) ?? [];
  if (command === undefined || state === undefined || version !== VERSION) return undefined;
  return { command, state };
}
