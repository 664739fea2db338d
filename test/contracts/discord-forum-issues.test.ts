import { afterAll } from 'vitest';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { makeDiscordRig } from './discord-rig.ts';
import { describePublisher } from './publisher-contract.ts';

const discord = await startFakeDiscord({ openApiPath: specPath, rateLimits: false });
afterAll(() => discord.close());

const tags = [{ name: 'data-filtering' }, { name: 'Vision' }];

describePublisher('Discord, to a forum by issue,', async () =>
  makeDiscordRig(discord, { channel: { type: 15, tags }, use: { forumPer: 'issue' } }),
);
