import { afterAll } from 'vitest';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { makeDiscordRig } from './discord-rig.ts';
import { describePublisher } from './publisher-contract.ts';

const discord = await startFakeDiscord({ openApiPath: specPath, rateLimits: false });
afterAll(() => discord.close());

describePublisher('Discord, to an announcement channel,', async () =>
  makeDiscordRig(discord, { channel: { type: 5 }, use: { crosspost: true } }),
);
