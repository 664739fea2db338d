import { type Client, DiscordAPIError } from 'discord.js';
import { editorCommands } from '../../commands/editors/index.ts';
import type { Facts } from '../archive/facts.ts';
import { registerCommands } from './register-commands.ts';

/** The server in which the editors’ commands stand; empty for none. */
const FACT = 'discord.editors.guild';

/** What became of the editors’ commands; `refused` where Discord does not let the bot have them there. */
export type EditorsRegistered =
  | { readonly kind: 'changed' | 'unchanged' | 'none' }
  | { readonly kind: 'refused'; readonly reason: string; readonly remedy: string };

/**
 * Registers the editors’ commands in their server, and nowhere else: where they stood in another one
 * before, they are taken away there. Throws what the network throws; called again, it goes on.
 */
export async function registerEditors(
  rest: Pick<Client['rest'], 'get' | 'put'>,
  applicationId: string,
  guildId: string | undefined,
  facts: Facts,
): Promise<EditorsRegistered> {
  const former = (await facts.get(FACT)) ?? '';
  if (former !== '' && former !== guildId) {
    // The bot may have left that server: then there is nothing to take away.
    await orRefused(() => registerCommands(rest, applicationId, [], former));
  }
  if (guildId === undefined) {
    if (former !== '') await facts.set(FACT, '');
    return { kind: former === '' ? 'none' : 'changed' };
  }
  // Before the commands are there: whoever dies in between finds them again.
  if (former !== guildId) await facts.set(FACT, guildId);
  const outcome = await orRefused(() =>
    registerCommands(rest, applicationId, editorCommands, guildId),
  );
  if (typeof outcome === 'string') return { kind: outcome };
  return {
    kind: 'refused',
    reason: `Discord does not let the bot have commands in server ${guildId}: ${outcome.message} (${outcome.code})`,
    remedy:
      'Set editors.guild in paperboy.yaml to the server of the editors, and invite the bot there with the scopes bot and applications.commands.',
  };
}

/** Refusals of a server are told apart from what passes by itself. */
async function orRefused<T>(work: () => Promise<T>): Promise<T | DiscordAPIError> {
  try {
    return await work();
  } catch (error) {
    const isRefused =
      error instanceof DiscordAPIError && (error.status === 403 || error.status === 404);
    if (!isRefused) throw error;
    return error;
  }
}
