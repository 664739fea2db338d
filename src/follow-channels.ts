import type { FollowDesk } from './desk/plan-follows.ts';
import { type DirectMessages, makeDirectMessages } from './publishers/discord-direct.ts';
import type { DiscordAccess, DiscordRest } from './publishers/discord-rest.ts';
import type { Publisher } from './publishers/publisher.ts';

/** The ways to publish, by the keys of destinations: followed channels are added to them. */
export type Publishers = Map<string, () => Promise<Publisher>>;

/** What follows need of Discord: channels to deliver to, and direct messages. */
export type FollowChannels = Pick<FollowDesk, 'openChannel' | 'tellOwner'> & {
  readonly openDirectMessage: DirectMessages['open'];
};

/**
 * Reaches the followed channels as the bot does. In a forum each paper has a post of its own, tagged
 * by its topics; nothing is crossposted. A channel of the configuration keeps its own publisher. The
 * client is loaded when it is first needed.
 */
export function makeFollowChannels(access: DiscordAccess, publishers: Publishers): FollowChannels {
  let rest: Promise<DiscordRest> | undefined;
  const open = (): Promise<DiscordRest> => {
    rest ??= import('./publishers/discord-rest.ts').then((module) =>
      module.makeDiscordRest(access),
    );
    return rest;
  };
  return {
    openChannel: (channelId) => {
      const key = `discord/${channelId}`;
      if (publishers.has(key)) return;
      let made: Promise<Publisher> | undefined;
      publishers.set(key, () => {
        made ??= (async () => {
          const { makeDiscordPublisher } = await import('./publishers/discord.ts');
          const options = { crosspost: false, forumPer: 'paper' } as const;
          return makeDiscordPublisher({ channelId }, await open(), options);
        })();
        return made;
      });
    },
    openDirectMessage: async (userId) => makeDirectMessages(await open()).open(userId),
    tellOwner: async (userId, text) => makeDirectMessages(await open()).tell(userId, text),
  };
}
