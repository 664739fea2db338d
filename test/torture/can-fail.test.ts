import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/server.ts';
import { runMatrix } from './matrix.ts';
import { addUp, explain, isBad } from './total.ts';
import { type Breakage, breakKind } from './venues/broken.ts';
import { makeDiscordKinds } from './venues/discord.ts';

let discord: FakeDiscord;

beforeAll(async () => {
  discord = await startFakeDiscord({ rateLimits: false, nonceWindowMs: 0 });
});
afterAll(() => discord.close());

/** Kills a post to a Discord that a proxy breaks, at a few of its steps. */
async function torture(breakage: Breakage, most: number) {
  const [kind] = makeDiscordKinds(discord);
  if (kind === undefined) throw new Error('there is no kind of channel');
  return runMatrix(breakKind(kind, breakage), 'post', { most, turn: 0 });
}

describe('the torture itself', () => {
  it('counts as double what is sent twice', async () => {
    const row = await torture('doubles', 1);

    expect(row.verdict.double).toEqual(['P9999', 'P0000']);
    expect(isBad(addUp([row]))).toBe(true);
  }, 120_000);

  it('counts as double what a program that cannot look sends again after its death', async () => {
    const row = await torture('forgets', 5);

    expect(row.verdict.double.length).toBeGreaterThan(0);
    expect(row.verdict.double).not.toContain('P9999');
    expect(explain(row).join()).toMatch(/double: P\d{4}, killed: P\d{4} at step \d+, POST/);
  }, 120_000);

  it('counts as torn what never arrived, and as untrue the receipts for it', async () => {
    const row = await torture('swallows', 1);

    expect(row.verdict.torn.length).toBeGreaterThan(0);
    expect(row.untrue.length).toBeGreaterThan(0);
  }, 120_000);
});
