import type { Destination } from './desk/desk.ts';
import { describeChannel, type FollowDesk, keyChannel } from './desk/plan-follows.ts';
import { once } from './kit/once.ts';
import { makeDirectMessages } from './publishers/discord-direct.ts';
import type { DiscordRest } from './publishers/discord-rest.ts';
import type { Publisher } from './publishers/publisher.ts';

/** The places that are known: followed channels are added to them, while the process runs. */
export type KnownPlaces = {
  readonly destinations: Destination[];
  /** The ways to publish, by the keys of destinations. */
  readonly publishers: Map<string, () => Promise<Publisher>>;
};

/** What follows need of Discord: channels to deliver to, and direct messages. */
export type FollowChannels = Pick<FollowDesk, 'openChannel' | 'tellOwner'> & {
  /** The id of a member’s channel with the bot; undefined where Discord says that it is closed. */
  readonly openDirectMessage: (userId: string) => Promise<string | undefined>;
};

/**
 * Reaches the followed channels as the bot does. In a forum each paper has a post of its own, tagged
 * by its topics; nothing is crossposted. A channel of the configuration keeps its own publisher.
 */
export function makeFollowChannels(
  openRest: () => Promise<DiscordRest>,
  { destinations, publishers }: KnownPlaces,
): FollowChannels {
  return {
    openChannel: (channelId) => {
      const key = keyChannel(channelId);
      if (publishers.has(key)) return;
      destinations.push(describeChannel(channelId));
      publishers.set(
        key,
        once(async () => {
          const { makeDiscordPublisher } = await import('./publishers/discord.ts');
          const options = { crosspost: false, forumPer: 'paper' } as const;
          return makeDiscordPublisher({ channelId }, await openRest(), options);
        }),
      );
    },
    openDirectMessage: async (userId) => {
      try {
        return await makeDirectMessages(await openRest()).open(userId);
      } catch (error) {
        const { isClosedToBot } = await import('./publishers/discord-errors.ts');
        if (isClosedToBot(error)) return undefined;
        throw error;
      }
    },
    tellOwner: async (userId, text) => makeDirectMessages(await openRest()).tell(userId, text),
  };
}
