import type { APIApplication, APIUser } from 'discord-api-types/v10';
import { readDiscordError } from './discord-errors.ts';
import { INVITED } from './discord-permissions.ts';
import type { DiscordRest } from './discord-rest.ts';
import type { Refusal } from './publisher.ts';

/** A bot and the application that it is of. */
export type DiscordApplication = {
  readonly kind: 'known';
  readonly id: string;
  readonly botId: string;
  readonly botName: string;
  /** Anybody may add it to a server; else only its owner. */
  readonly isPublic: boolean;
  /** Where it may be installed. */
  readonly installs: { readonly guild: boolean; readonly user: boolean };
};

/* https://discord.com/developers/docs/resources/application#application-object-application-integration-types */
const INTO_GUILD = '0';
const INTO_USER = '1';

/** Asks Discord whose a token is. Never rejects. */
export async function readApplication(
  rest: Pick<DiscordRest, 'get'>,
  signal: AbortSignal,
): Promise<
  DiscordApplication | Refusal | { readonly kind: 'unavailable'; readonly cause: unknown }
> {
  try {
    const user = await rest.get<APIUser>('/users/@me', signal);
    const application = await rest.get<APIApplication>('/applications/@me', signal);
    const installs = Object.keys(application.integration_types_config ?? {});
    return {
      kind: 'known',
      id: application.id,
      botId: user.id,
      botName: user.username,
      isPublic: application.bot_public,
      // Applications from before there was a choice are for servers.
      installs: {
        guild: installs.length === 0 || installs.includes(INTO_GUILD),
        user: installs.includes(INTO_USER),
      },
    };
  } catch (error) {
    const read = readDiscordError(error, { channelId: '' });
    return read.kind === 'refused' ? read : { kind: 'unavailable', cause: read.cause };
  }
}

/**
 * The addresses that a person opens to install an application: into a server, with the rights that
 * are used and no others, or for themselves. https://discord.com/developers/docs/topics/oauth2#bots
 */
export function writeInvites(applicationId: string): {
  readonly server: string;
  readonly user: string;
} {
  const permissions = INVITED.reduce((sum, { bit }) => sum | bit, 0n);
  const address = 'https://discord.com/oauth2/authorize';
  return {
    server: `${address}?client_id=${applicationId}&scope=bot+applications.commands&permissions=${permissions}&integration_type=${INTO_GUILD}`,
    user: `${address}?client_id=${applicationId}&scope=applications.commands&integration_type=${INTO_USER}`,
  };
}
