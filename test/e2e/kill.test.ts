import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, CredentialSession } from '@atproto/api';
import { describe, expect, it } from 'vitest';
import { startFakeDiscord } from '../fakes/discord/server.ts';
import { specPath } from '../fakes/discord/test-kit.ts';
import { startPds } from '../pds/start.ts';
import { runRound, runServiceRound } from '../torture/random-kills.ts';
import { makeRandom } from '../torture/seed.ts';
import { addUp, explain } from '../torture/total.ts';
import { makeDiscordKinds } from '../torture/venues/discord.ts';
import { makeFolder, projectFolder, type RunOptions, runPaperboy } from './run-paperboy.ts';

/** Rounds until one has killed something. */
const MOST_ROUNDS = 4;
/** How many kills each platform gets; more with PAPERBOY_KILLS. */
const KILLS = Number(process.env.PAPERBOY_KILLS ?? 6);

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
const withLink = sample.replace(
  'TensorLens, from Tel Aviv University,',
  'TensorLens (https://example.org/tensorlens/é?q=1), from Tel Aviv University,',
);

/**
 * Posts papers one after the other. Each is killed with SIGKILL at a random moment, again and
 * again, then run to its end. The moments cover a whole run, from its start to its receipt.
 */
async function torture(
  options: RunOptions,
  to: string,
): Promise<{ kills: number; posted: number }> {
  await runPaperboy(['import', '-'], { ...options, input: withLink });
  const { stdout } = await runPaperboy(['show', '93', '--json'], options);
  const slugs: string[] = JSON.parse(stdout).issue.papers.map((p: { slug: string }) => p.slug);
  // One run unharmed tells how long a run takes.
  const [first = '', ...rest] = slugs;
  const startedAt = performance.now();
  const unharmed = await runPaperboy(['post', '93', '--paper', first, '--to', to], options);
  expect(unharmed).toMatchObject({ code: 0, stderr: expect.stringContaining('Posting') });
  let wholeMs = performance.now() - startedAt;
  let kills = 0;
  for (const [index, slug] of rest.entries()) {
    const args = ['post', '93', '--paper', slug, '--to', to];
    // What comes too late for one paper is made up for at the next.
    const share = Math.ceil((KILLS - kills) / (rest.length - index));
    for (let i = 0; i < share; i += 1) {
      // Spread over the later two thirds, where a run claims, sends and settles; jittered.
      const part = 0.3 + (0.75 * (i + Math.random())) / share;
      const began = performance.now();
      const ran = await runPaperboy(args, { ...options, killAfterMs: wholeMs * part });
      if (ran.signal === 'SIGKILL') {
        kills += 1;
        continue;
      }
      // It is through: the moments of the next paper go by how long it took, if that was less.
      wholeMs = Math.min(wholeMs, performance.now() - began);
      break;
    }
    const last = await runPaperboy(args, options);
    expect(last, `paper ${index + 2}: ${last.stderr}`).toMatchObject({ code: 0 });
  }
  return { kills, posted: slugs.length };
}

describe('killed at random moments and run again', () => {
  it('leaves exactly one thread of each paper on Bluesky', async () => {
    const pds = await startPds();
    const cwd = await makeFolder();
    const account = pds.accounts[0];
    if (account === undefined) throw new Error('the PDS has no account');
    const env = {
      BLUESKY_SERVICE: pds.url,
      BLUESKY_IDENTIFIER: account.handle,
      BLUESKY_APP_PASSWORD: account.appPassword,
    };
    try {
      const { kills, posted } = await torture({ cwd, env }, 'bluesky');

      const { stdout } = await runPaperboy(['preview', '93', '--to', 'bluesky', '--json'], { cwd });
      const drafts: { posts: { text: string }[] }[] = JSON.parse(stdout).drafts;
      const records = await readThreads(pds.url, account);
      const expected = drafts.flatMap(({ posts }) => posts.map(({ text }) => text));
      process.stderr.write(
        `Bluesky: ${kills} kills, ${posted} papers, ${records.length} posts in place of ${expected.length}\n`,
      );
      expect(records.map(({ text }) => text)).toEqual(expected);
      expect(records.filter(({ isRoot }) => isRoot).length).toBe(posted);
      const links = records.flatMap(({ links: found }) => found);
      expect(links).toContainEqual([
        'https://example.org/tensorlens/é?q=1',
        'https://example.org/tensorlens/é?q=1',
      ]);
      expect(kills).toBeGreaterThan(KILLS / 3);
    } finally {
      await pds.close();
    }
  }, 600_000);

  it('leaves exactly one card of each paper on Discord', async () => {
    const discord = await startFakeDiscord({ openApiPath: specPath });
    const channelId = discord.addChannel();
    const cwd = await makeFolder();
    const env = {
      DISCORD_API: discord.apiUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_CHANNEL_ID: channelId,
    };
    try {
      const { kills, posted } = await torture({ cwd, env }, 'discord');

      const messages = discord.messages(channelId);
      process.stderr.write(
        `Discord: ${kills} kills, ${posted} papers, ${messages.length} messages; spec ${discord.isSpecChecked ? 'checked' : 'not checked'}\n`,
      );
      const footers = messages.map(
        ({ embeds }) => (embeds[0] as { footer: { text: string } }).footer.text,
      );
      expect(footers.map((text) => text.split(' · ').at(-1))).toEqual(
        [1, 2, 3, 4].map((n) => `paper ${n} of 4`),
      );
      expect(kills).toBeGreaterThan(KILLS / 3);
    } finally {
      await discord.close();
    }
  }, 600_000);
});

describe('killed at random moments, and not only while it posts by a command', () => {
  const seed = Number(process.env.PAPERBOY_SEED ?? Date.now() % 100_000);
  const terms = { kills: Math.ceil(KILLS / 3), papers: 3, random: makeRandom(seed) };

  it.each([
    ['the service works off its queue', 'start'],
    ['what was posted is taken back', 'retract'],
    ['what was posted is corrected', 'longer'],
  ] as const)(
    `${'%s'}, and leaves the channel as it has to be (seed ${seed})`,
    async (_name, work) => {
      const discord = await startFakeDiscord({ openApiPath: specPath, rateLimits: false });
      try {
        const [kind] = makeDiscordKinds(discord);
        if (kind === undefined) throw new Error('there is no kind of channel');

        let kills = 0;
        // On a machine whose pace changes all moments of a round may come too late.
        for (let round = 0; kills === 0 && round < MOST_ROUNDS; round += 1) {
          const row =
            work === 'start'
              ? await runServiceRound(kind, terms)
              : await runRound(kind, work, terms);
          const total = addUp([row]);
          kills += total.kills;
          process.stderr.write(
            `Discord, ${work}: ${total.kills} kills (${row.phases.join(', ')}), ${total.found} posts in place of ${total.expected}\n`,
          );
          expect(explain(row)).toEqual([]);
        }
        expect(kills).toBeGreaterThan(0);
      } finally {
        await discord.close();
      }
    },
    600_000,
  );
});

type Record = {
  readonly text: string;
  readonly isRoot: boolean;
  readonly links: [string, string][];
};

/** Every post of the account, oldest first, with the words of each link as its bytes have them. */
async function readThreads(
  url: string,
  { did, handle, appPassword }: { did: string; handle: string; appPassword: string },
): Promise<Record[]> {
  const session = new CredentialSession(new URL(url));
  await session.login({ identifier: handle, password: appPassword });
  const agent = new Agent((path, init) => session.fetchHandler(path, init));
  const { data } = await agent.com.atproto.repo.listRecords({
    repo: did,
    collection: 'app.bsky.feed.post',
    limit: 100,
    reverse: true,
  });
  return data.records.map(({ value }) => {
    const post = value as {
      text: string;
      reply?: unknown;
      facets?: { index: { byteStart: number; byteEnd: number }; features: { uri?: string }[] }[];
    };
    const links = (post.facets ?? []).flatMap(({ index, features }): [string, string][] => {
      const words = Buffer.from(post.text).subarray(index.byteStart, index.byteEnd).toString();
      const uri = features[0]?.uri;
      return uri === undefined ? [] : [[words, uri]];
    });
    return { text: post.text, isRoot: post.reply === undefined, links };
  });
}
