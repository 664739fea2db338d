import { describe, expect, it } from 'vitest';
import { shortenId } from '../../src/desk/act.ts';
import { findDeliveries } from '../../src/desk/find-deliveries.ts';
import { queuePost } from '../../src/desk/post.ts';
import { PaperboyError } from '../../src/kit/errors.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, FOLDER, keep, type TestDesk } from '../support/make-test-desk.ts';
import { makeDesk } from './stage.ts';

async function makeQueued(): Promise<TestDesk> {
  const papers = ['Deep nets', 'Deep nets again', 'Shallow ones'];
  const desk = await makeDesk({ scheduled: [FOLDER, BLUESKY] }, papers);
  await queuePost(desk, '7', {});
  await queuePost(desk, '7', { digest: 'issue', to: 'folder' });
  return desk;
}

const find = async (
  desk: TestDesk,
  reference: string,
  request: Parameters<typeof findDeliveries>[2] = {},
): Promise<string[]> =>
  (await findDeliveries(desk, reference, request)).map(
    ({ item, destination }) => `${item} ${destination.split('/')[0]}`,
  );

async function catchError(run: () => Promise<unknown>): Promise<PaperboyError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof PaperboyError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('findDeliveries', () => {
  it('finds an item at every place that it went to, or at one', async () => {
    const desk = await makeQueued();

    expect(await find(desk, '7', { paper: 'shallow' })).toEqual([
      'paper/shallow-ones bluesky',
      'paper/shallow-ones folder',
    ]);
    expect(await find(desk, 'latest', { paper: 'deep-nets', to: 'folder' })).toEqual([
      'paper/deep-nets folder',
    ]);
    expect(await find(desk, '7', { digest: 'issue' })).toEqual(['digest folder']);
    expect(await find(desk, '7', { paper: 'AGAIN', to: BLUESKY.key })).toHaveLength(1);
  });

  it('finds a delivery by its id, and by the beginning of it', async () => {
    const desk = await makeQueued();
    const [one] = await desk.outbox.list();
    const id = one?.id ?? '';

    for (const name of [id, shortenId(id), id.slice(0, 6).toUpperCase()]) {
      expect((await findDeliveries(desk, name, {})).map((found) => found.id)).toEqual([id]);
    }
  });

  it('takes all deliveries of an issue only where that is said', async () => {
    const desk = await makeQueued();

    const error = await catchError(() => find(desk, '7'));

    expect(error.code).toBe('delivery.ambiguous');
    expect(error.remedy).toContain('--all');
    expect(error.remedy).toMatch(/[0-9a-f]{8} {2}Deep nets/);
    expect(await find(desk, '7', { isAll: true })).toHaveLength(7);
    expect(await find(desk, '7', { isAll: true, to: 'bluesky' })).toHaveLength(3);
  });

  it.each([
    ['7', { paper: 'deep' }, 'paper.ambiguous', 'deep-nets, deep-nets-again'],
    ['7', { paper: 'tall' }, 'delivery.not-found', 'Shallow ones'],
    ['7', { digest: 'news' }, 'delivery.not-found', 'Name one of'],
    ['7', { isAll: true, to: 'discord' }, 'delivery.not-found', 'paperboy queue'],
    ['7', { isAll: true, to: 'mastodon' }, 'destination.unknown', 'folder'],
    ['8', { isAll: true }, 'issue.not-found', 'import'],
    ['ffffff0', {}, 'delivery.not-found', 'paperboy queue'],
    ['abc', {}, 'delivery.bad-id', 'latest'],
  ] as const)('says of %s with %j that it is %s', async (reference, request, code, hint) => {
    const desk = await makeQueued();

    const error = await catchError(() => find(desk, reference, request));

    expect(error.code).toBe(code);
    expect(`${error.message} ${error.remedy}`).toContain(hint);
  });

  it('finds what the newest revision has no more', async () => {
    const desk = await makeQueued();
    await keep(desk, makeIssue({ papers: ['Deep nets'] }));

    expect(await find(desk, '7', { paper: 'shallow', to: 'folder' })).toEqual([
      'paper/shallow-ones folder',
    ]);
  });

  it('tells of what has ended only where nothing else is there', async () => {
    const desk = await makeDesk({ scheduled: [FOLDER] });
    const [posted] = await queuePost(desk, '7', { paper: 'alpha' });
    await desk.outbox.cancel(posted?.delivery.id ?? '', { actor: 'a', now: desk.clock.now() });

    expect(await findDeliveries(desk, '7', {})).toMatchObject([{ state: 'cancelled' }]);
  });
});
