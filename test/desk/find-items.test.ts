import { expect, test } from 'vitest';
import { keyItem } from '../../formatters/item.ts';
import { deliverNow } from '../../src/desk/deliver-now.ts';
import { findItems, type ItemRequest } from '../../src/desk/find-items.ts';
import { queuePost } from '../../src/desk/post.ts';
import { PaperboyError } from '../../src/kit/errors.ts';
import { makeIssue } from '../support/make-issue.ts';
import { keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

/** Issues #5 and #7 about routing, #6 about something else; #99 is a sample about routing. */
async function makeDesk(): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase());
  const periods = ['2026-09-07', '2026-10-05', '2026-10-12'];
  for (const [index, start] of periods.entries()) {
    const number = 5 + index;
    const issue = makeIssue({ number, papers: [`Paper ${number}`] });
    await keep(desk, {
      ...issue,
      period: {
        start,
        end: start.replace(/\d\d$/, (day) => String(Number(day) + 6).padStart(2, '0')),
      },
      papers: issue.papers.map((paper) => ({
        ...paper,
        likes: 100 + number,
        topics: number === 6 ? ['Other'] : ['Expert Routing'],
      })),
    });
  }
  await keep(desk, makeIssue({ number: 99, papers: ['Sample'] }), true);
  return desk;
}

async function keys(desk: TestDesk, request: ItemRequest, reference = 'latest'): Promise<string[]> {
  const { stored, items } = await findItems(desk, reference, request);
  return items.map((item) => `#${stored.issue.number} ${keyItem(item)}`);
}

test('without more, the papers of the issue are meant; with a word of it, one', async () => {
  const desk = await makeDesk();

  expect(await keys(desk, {})).toEqual(['#7 paper/paper-7']);
  expect(await keys(desk, { paper: 'paper' }, '5')).toEqual(['#5 paper/paper-5']);
  expect(await keys(desk, { digest: 'issue' })).toEqual(['#7 digest']);
});

test('a topic gathers real issues up to the one that is named, three months back', async () => {
  const desk = await makeDesk();
  const entries = async (request: ItemRequest, reference = 'latest'): Promise<string[]> => {
    const [item] = (await findItems(desk, reference, request)).items;
    return item?.kind === 'digest' ? item.entries.map(({ paper }) => paper.title) : [];
  };

  expect(await entries({ topic: 'expert-routing' })).toEqual(['Paper 7', 'Paper 5']);
  expect(await entries({ topic: 'Expert routing', since: '2026-10-01' })).toEqual(['Paper 7']);
  expect(await entries({ topic: 'Expert routing' }, '6')).toEqual(['Paper 5']);
  expect(await entries({ month: '2026-10' })).toEqual(['Paper 7', 'Paper 6']);
});

test.each([
  [{ topic: 'Cooking' }, /no paper has it/, /Topics are Expert Routing, Other/],
  [{ month: '2025-01' }, /no issue of it/, /2026-02/],
  [{ digest: 'news' as const }, /the issue has none/, /another issue/],
])('%j has nothing to gather', async (request, message, remedy) => {
  const desk = await makeDesk();
  const issue = makeIssue({ number: 8, papers: ['P'] });
  await keep(desk, { ...issue, news: [] });

  const error = await findItems(desk, 'latest', request).catch((thrown: unknown) => thrown);

  if (!(error instanceof PaperboyError)) throw error;
  expect(error.code).toBe('digest.empty');
  expect(error.message).toMatch(message);
  expect(error.remedy).toMatch(remedy);
});

test('a digest is posted once, like a paper', async () => {
  const desk = await makeDesk();
  const post = async (request: ItemRequest): Promise<string[]> => {
    const posted = await queuePost(desk, '7', { ...request, to: 'bluesky' });
    await deliverNow(
      desk,
      posted.map(({ delivery }) => delivery.id),
      { onSettled: () => {} },
    );
    return posted.map(({ action, delivery }) => `${action} ${delivery.item}`);
  };

  expect(await post({ digest: 'issue' })).toEqual(['queued digest']);
  expect(await post({ digest: 'issue' })).toEqual(['already there digest']);
  expect(await post({ month: '2026-10' })).toEqual(['queued month/2026-10']);
  expect((await desk.outbox.list()).map(({ state }) => state)).toEqual(['sent', 'sent']);
});
