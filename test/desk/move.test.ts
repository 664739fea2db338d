import { describe, expect, it } from 'vitest';
import { deliverNow } from '../../src/desk/deliver-now.ts';
import type { Destination } from '../../src/desk/desk.ts';
import { findNewHome, findPlace } from '../../src/desk/find-place.ts';
import { moveDeliveries } from '../../src/desk/move.ts';
import { isOrphaned, nameMove } from '../../src/desk/orphans.ts';
import { queuePost } from '../../src/desk/post.ts';
import { retractDeliveries } from '../../src/desk/retract.ts';
import { retryDeliveries } from '../../src/desk/retry.ts';
import { readStatus } from '../../src/desk/status.ts';
import { makeIssue } from '../support/make-issue.ts';
import { DISCORD, FOLDER, keep, type TestDesk } from '../support/make-test-desk.ts';
import { bringTo, makeDesk, NO_NOTE, STAGES, type Stage, tell } from './stage.ts';

const OLD = 'folder';

/** The same house after its folder was given up for a channel. */
const giveUpFolder = (desk: TestDesk): TestDesk => ({
  ...desk,
  destinations: desk.destinations.filter(({ name }) => name !== 'folder'),
  scheduled: [DISCORD],
});

const listAt = async ({ outbox }: TestDesk, { key }: Pick<Destination, 'key'>): Promise<string[]> =>
  (await outbox.list({ destination: key, isEarliestFirst: true })).map(
    (one) => `${one.item} r${one.revision} ${tell(one)}`,
  );

describe('what waits at a place that is configured no more', () => {
  it('is told as what needs a person, and as nothing else', async () => {
    const desk = await makeDesk();
    await bringTo(desk, 'refused');
    await queuePost(desk, '7', { paper: 'beta', to: 'folder' });

    const before = await readStatus(desk);
    const { orphans, refused, next } = await readStatus(giveUpFolder(desk));

    expect(before.orphans).toEqual([]);
    expect(orphans).toMatchObject([{ key: OLD, waiting: [{ state: 'refused' }, {}] }]);
    expect([...refused, ...next]).toEqual([]);
  });

  it('goes out at the new one in the old order and the newest text, and is cancelled at the old', async () => {
    const desk = await makeDesk();
    await bringTo(desk, 'refused whole');
    const [beta] = await queuePost(desk, '7', { paper: 'beta', to: 'folder' });
    await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'], text: 'Corrected.' }));
    const moved = giveUpFolder(desk);

    const acted = await moveDeliveries(moved, OLD, DISCORD);
    const again = await moveDeliveries(moved, OLD, DISCORD);
    await deliverNow(
      moved,
      acted.map(({ delivery }) => delivery.id),
      NO_NOTE,
    );

    expect(acted.map(({ outcome, said }) => [outcome, said])).toEqual([
      ['done', 'is moved from folder'],
      ['done', 'is moved from folder'],
    ]);
    expect(acted[1]?.delivery.dueAt).toEqual(beta?.delivery.dueAt);
    expect(again).toEqual([]);
    expect(await listAt(desk, FOLDER)).toEqual([
      'paper/alpha r1 cancelled',
      'paper/beta r1 cancelled',
    ]);
    expect(await listAt(desk, DISCORD)).toEqual(['paper/alpha r2 sent', 'paper/beta r2 sent']);
  });

  it('is not sent where it is already', async () => {
    const desk = await makeDesk();
    await bringTo(desk, 'planned');
    const [there] = await queuePost(desk, '7', { paper: 'alpha', to: 'discord' });
    await deliverNow(desk, [there?.delivery.id ?? ''], NO_NOTE);
    const posts = desk.platform.placed.length;

    const acted = await moveDeliveries(giveUpFolder(desk), OLD, DISCORD);

    expect(acted).toMatchObject([{ outcome: 'done', said: 'was sent there already' }]);
    expect(await listAt(desk, FOLDER)).toEqual(['paper/alpha r1 cancelled']);
    expect(desk.platform.placed).toHaveLength(posts);
  });

  it('stays held where it was held, with its time', async () => {
    const desk = await makeDesk();
    const { dueAt } = await bringTo(desk, 'held');

    const [acted] = await moveDeliveries(giveUpFolder(desk), OLD, DISCORD);

    expect(acted?.delivery).toMatchObject({ state: 'held', destination: DISCORD.key, dueAt });
  });

  it('moves from a place that is served as well, once', async () => {
    const desk = await makeDesk();
    const { id } = await bringTo(desk, 'planned');

    const [acted] = await moveDeliveries(desk, OLD, DISCORD);
    await deliverNow(desk, [id, acted?.delivery.id ?? ''], NO_NOTE);

    expect(await listAt(desk, FOLDER)).toEqual(['paper/alpha r1 cancelled']);
    expect(await listAt(desk, DISCORD)).toEqual(['paper/alpha r1 sent']);
  });

  const MOVED: readonly Stage[] = ['planned', 'held', 'refused whole'];
  it.each(STAGES)('that is %s is moved, left or told, and never lost', async (stage) => {
    const desk = await makeDesk();
    const { state } = await bringTo(desk, stage);

    const acted = await moveDeliveries(giveUpFolder(desk), OLD, DISCORD);

    const isMoved = MOVED.includes(stage);
    const hasEnded = ['sent', 'cancelled', 'retracted'].includes(state);
    expect(acted.map(({ outcome }) => outcome)).toEqual(
      isMoved ? ['done'] : hasEnded ? [] : ['failed'],
    );
    expect(await listAt(desk, DISCORD)).toHaveLength(isMoved ? 1 : 0);
  });

  it('is no such place while its account cannot be asked', async () => {
    const desk = await makeDesk();
    await queuePost(desk, '7', { paper: 'alpha', to: 'folder' });
    const absent = {
      name: 'folder',
      code: 'account.unreachable',
      reason: 'no answer',
      remedy: 'Wait',
      isScheduled: true,
    } as const;

    const { orphans, next } = await readStatus({ ...giveUpFolder(desk), absent: [absent] });

    expect(orphans).toEqual([]);
    expect(next).toMatchObject([{ destination: OLD }]);
  });

  it('is moved once a person has seen that nothing of it is left', async () => {
    const desk = await makeDesk();
    const { id } = await bringTo(desk, 'refused');
    const moved = giveUpFolder(desk);

    const [torn] = await moveDeliveries(moved, OLD, DISCORD);
    await desk.outbox.resolveNotSent(id, { actor: 'editor', now: desk.clock.now() });
    const [gone] = await moveDeliveries(moved, OLD, DISCORD);

    expect(torn).toMatchObject({ outcome: 'failed', said: expect.stringContaining('in part') });
    expect(torn?.command).toBe(`paperboy resolve ${id.slice(0, 8)} --not-sent`);
    expect(gone).toMatchObject({ outcome: 'done', said: 'is moved from folder' });
  });

  it('is neither tried again nor taken back there', async () => {
    const desk = await makeDesk();
    const delivery = await bringTo(desk, 'refused');
    const moved = giveUpFolder(desk);

    const retried = await retryDeliveries(moved, [delivery]);
    const retracted = await retractDeliveries(moved, [delivery]);

    expect(retried).toMatchObject([
      { outcome: 'failed', command: 'paperboy move --from folder --to DESTINATION' },
    ]);
    expect(retracted).toMatchObject([{ outcome: 'failed' }]);
    expect(await listAt(desk, FOLDER)).toEqual(['paper/alpha r1 refused']);
  });
});

describe('a place', () => {
  const queueAt = async (desk: TestDesk, key: string): Promise<void> => {
    const changed = { ...desk, destinations: [{ ...DISCORD, key }] };
    await queuePost(changed, '7', { paper: 'alpha', to: 'discord' });
  };

  it('is known by its key, or a part that one alone has, what is configured no more first', async () => {
    const desk = await makeDesk();
    for (const key of ['discord/999', DISCORD.key]) await queueAt(desk, key);

    expect(await findPlace(desk, DISCORD.key)).toBe(DISCORD.key);
    expect(await findPlace(desk, '123')).toBe(DISCORD.key);
    expect(await findPlace(desk, 'discord')).toBe('discord/999');
    await queueAt(desk, 'discord/998');
    await expect(findPlace(desk, 'discord')).rejects.toMatchObject({ code: 'place.ambiguous' });
    await expect(findPlace(desk, 'irc')).rejects.toMatchObject({ code: 'place.not-found' });
  });

  it('is given up for the destination of its platform, or the one that is named', async () => {
    const desk = await makeDesk();

    expect(findNewHome(desk, 'discord/999', undefined)).toBe(DISCORD);
    expect(findNewHome(desk, 'discord/999', 'folder')).toBe(FOLDER);
    expect(() => findNewHome(desk, DISCORD.key, undefined)).toThrow(/same place/);
    expect(() => findNewHome(desk, 'mastodon/a.example', undefined)).toThrow(
      /Cannot move to “mastodon”/,
    );
  });

  it('that may go to several destinations of its platform goes where a person says', async () => {
    const NEWS: Destination = { ...DISCORD, name: 'discord-news', key: 'discord/456' };
    const followed: Destination = {
      ...DISCORD,
      name: 'discord/7',
      key: 'discord/7',
      isFollowed: true,
    };
    const one = { destinations: [FOLDER, NEWS, followed] };
    const several = { destinations: [FOLDER, DISCORD, NEWS, followed] };

    expect(findNewHome(one, 'discord/999', undefined)).toBe(NEWS);
    expect(nameMove(one, 'discord/999')).toBe('paperboy move --from discord/999 --to discord-news');
    expect(findNewHome(several, 'discord/999', 'discord-news')).toBe(NEWS);
    expect(nameMove(several, 'discord/999')).toMatch(/--to DESTINATION$/);
    expect(() => findNewHome(several, 'discord/999', undefined)).toThrow(
      expect.objectContaining({
        code: 'destination.unchosen',
        remedy: 'Name one with --to: discord, discord-news',
      }),
    );
  });

  it('is found by the name of its destination', async () => {
    const desk = await makeDesk();
    const NEWS: Destination = { ...DISCORD, name: 'discord-news', key: 'discord/456' };
    const several = { ...desk, destinations: [FOLDER, DISCORD, NEWS], scheduled: [DISCORD, NEWS] };
    await queuePost(several, '7', { paper: 'alpha', to: 'discord' });
    await queuePost(several, '7', { paper: 'alpha', to: 'discord-news' });

    expect(await findPlace(several, 'discord-news')).toBe('discord/456');
    expect(await findPlace(several, 'discord')).toBe(DISCORD.key);
    await expect(findPlace(several, 'disc')).rejects.toMatchObject({ code: 'place.ambiguous' });
  });

  it('is no orphan while any account of its platform cannot be asked', async () => {
    const absent = {
      name: 'mastodon-x',
      code: 'account.unreachable',
      reason: 'no answer',
      remedy: 'Wait',
      isScheduled: true,
    } as const;
    const desk = { destinations: [FOLDER], absent: [absent] };

    expect(isOrphaned(desk, 'mastodon/a@social.example')).toBe(false);
    expect(isOrphaned(desk, 'bluesky/a.example')).toBe(true);
  });
});
