import { afterAll } from 'vitest';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { makeDiscordRig } from './discord-rig.ts';
import { describePublisher } from './publisher-contract.ts';

const discord = await startFakeDiscord({ openApiPath: specPath, rateLimits: false });
afterAll(() => discord.close());

const components = { discord: { layout: 'components' } } as const;
const tags = [{ name: 'data-filtering' }, { name: 'Vision' }];
const forum = { type: 15, tags };

describePublisher('Discord', async () => makeDiscordRig(discord));
describePublisher('Discord, with components,', async () =>
  makeDiscordRig(discord, { format: components }),
);
describePublisher('Discord, to an announcement channel,', async () =>
  makeDiscordRig(discord, { channel: { type: 5 }, use: { crosspost: true } }),
);
describePublisher('Discord, to a forum by paper,', async () =>
  makeDiscordRig(discord, { channel: forum, use: { forumPer: 'paper' } }),
);
describePublisher('Discord, to a forum by issue,', async () =>
  makeDiscordRig(discord, { channel: forum, use: { forumPer: 'issue' } }),
);
