import { describe, expect, it, onTestFinished } from 'vitest';
import { makeAsk } from '../../src/cli/connect/ask.ts';
import { connectBluesky } from '../../src/cli/connect/connect-bluesky.ts';
import { connectDiscord } from '../../src/cli/connect/connect-discord.ts';
import { connectMastodon } from '../../src/cli/connect/connect-mastodon.ts';
import type { ConnectKind } from '../../src/cli/connect/settings.ts';
import type { Tools } from '../../src/cli/connect/tools.ts';
import { openSettings } from '../../src/open-settings.ts';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { startFakeMastodon } from '../fakes/mastodon/server.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

/** What a person types one line after the other, and what is said meanwhile. */
function sit(
  name: ConnectKind,
  answers: string[],
  { isTyped = true, environment = {} }: { isTyped?: boolean; environment?: NodeJS.ProcessEnv } = {},
) {
  const told: string[] = [];
  const say = (text: string): void => void told.push(text);
  const read = async () => answers.shift();
  const ask = makeAsk({ isTyped, read, close: async () => undefined }, say);
  const settings = openSettings(environment, makeTempFolder());
  const tools: Tools = { settings, name, ask, say, hide: () => undefined };
  return { tools, told, left: answers };
}

const count = (told: readonly string[], question: string): number =>
  told.filter((one) => one === question).length;

const REFUSED = expect.objectContaining({ code: 'connect.refused' });

describe('paperboy connect at a terminal', () => {
  it('asks again for a server of Mastodon and for its token', async () => {
    const mastodon = await startFakeMastodon({ rateLimits: false });
    onTestFinished(() => mastodon.close());
    const { accessToken } = mastodon.addAccount(['read', 'write']);
    const { tools, told } = sit('mastodon', [
      ...['http://127.0.0.1:9', mastodon.server],
      ...['short', accessToken],
    ]);

    const { values } = await connectMastodon(tools);

    expect(values).toMatchObject({ MASTODON_SERVER: mastodon.server });
    expect(count(told, 'Which server is the account on?')).toBe(2);
    expect(told).toContainEqual(expect.stringMatching(/^✗ 127\.0\.0\.1:9 cannot be reached/));
  });

  it('asks again for a token and a channel of Discord', async () => {
    const discord = await startFakeDiscord({ rateLimits: false });
    onTestFinished(() => discord.close());
    const channel = discord.addChannel();
    const answers = ['short', discord.token, 'garbage', channel, 'garbage', ''];
    const { tools, told } = sit('discord', answers, {
      environment: { DISCORD_API: discord.apiUrl },
    });

    const { values } = await connectDiscord(tools);

    expect(values).toEqual({ DISCORD_TOKEN: discord.token, DISCORD_CHANNEL_ID: channel });
    expect(count(told, 'The token of the bot?')).toBe(2);
    expect(count(told, 'The id of the channel that it posts to?')).toBe(2);
  });

  it('asks for an account of Bluesky three times, and then no more', async () => {
    const { tools, told, left } = sit('bluesky', ['', 'no handle', 'nor this', 'nor that', 'late']);

    await expect(connectBluesky(tools, false)).rejects.toEqual(REFUSED);

    expect(count(told, 'Whose account is it?')).toBe(3);
    expect(left).toEqual(['late']);
  });
});

describe('paperboy connect without a terminal', () => {
  it('takes no further line for another answer to the same question', async () => {
    const handle = sit('bluesky', ['', 'no handle', 'abcd-efgh-ijkl-mnop'], { isTyped: false });
    const server = sit('mastodon', ['http://127.0.0.1:9', 'ZA-secret-tok'], { isTyped: false });
    const token = sit('discord', ['short', 'MTA1-secret'], { isTyped: false });

    await expect(connectBluesky(handle.tools, false)).rejects.toEqual(REFUSED);
    await expect(connectMastodon(server.tools)).rejects.toEqual(REFUSED);
    await expect(connectDiscord(token.tools)).rejects.toEqual(REFUSED);

    expect([handle.left, server.left, token.left]).toEqual([
      ['abcd-efgh-ijkl-mnop'],
      ['ZA-secret-tok'],
      ['MTA1-secret'],
    ]);
  });
});
