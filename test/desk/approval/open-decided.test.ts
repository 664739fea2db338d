import { expect, test } from 'vitest';
import { approve } from '../../../src/desk/approval/approve.ts';
import { holdItems, releaseItems } from '../../../src/desk/approval/hold-items.ts';
import { openDecided } from '../../../src/desk/approval/open-decided.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { importIt, makeAsking, PAPERS, readersSee } from './asking-desk.ts';

test('an issue of which everything is held is not for readers', async () => {
  const desk = await makeAsking();

  await holdItems(desk, '7', {});

  expect(await openDecided(desk)).toEqual([]);
  expect(await readersSee(desk)).toBeUndefined();
});

test('an issue that waited is for readers once nobody is asked any more', async () => {
  const desk = await makeAsking();
  const before = await openDecided(desk);

  const opened = await openDecided({ ...desk, approval: { kind: 'never' } });

  expect(before).toEqual([]);
  expect(opened).toEqual([7]);
  expect(await readersSee(desk)).toBe(1);
  expect(await openDecided({ ...desk, approval: { kind: 'never' } })).toEqual([]);
});

test('what dies after the verdict leaves the issue to the next turn', async () => {
  const desk = await makeAsking();
  const archive = {
    ...desk.archive,
    approve: async () => {
      throw new Error('killed');
    },
  };
  await approve({ ...desk, archive }, '7').catch(() => undefined);

  expect(await openDecided(desk)).toEqual([7]);

  expect(await readersSee(desk)).toBe(1);
});

test('a revision with words that wait is not for readers, and with other likes alone it is', async () => {
  const desk = await makeAsking();
  await approve(desk, '7');
  const issue = makeIssue({ papers: PAPERS });
  await importIt(desk, { ...issue, papers: issue.papers.map((one) => ({ ...one, likes: 9 })) });
  const liked = await readersSee(desk);

  await importIt(desk, makeIssue({ papers: PAPERS, text: 'Nobody has seen this.' }));

  expect(liked).toBe(2);
  expect(await readersSee(desk)).toBe(2);
  expect((await desk.archive.read(7))?.revision).toBe(3);
});

test('a revision of an issue that was news waits for editors also long after', async () => {
  const desk = await makeAsking();
  await approve(desk, '7');
  await importIt(desk, makeIssue({ number: 8 }));
  desk.clock.advance(40 * 24 * 60 * 60 * 1000);

  await importIt(desk, makeIssue({ papers: PAPERS, text: 'Nobody has seen this.' }));

  expect(await readersSee(desk)).toBe(1);
});

test('who holds a paper is told that the digest names it, until that is held as well', async () => {
  const desk = await makeAsking();

  const paper = await holdItems(desk, '7', { paper: 'beta' });
  const digest = await holdItems(desk, '7', { digest: 'issue' });
  const released = await releaseItems(desk, '7', { digest: 'issue' });

  expect(paper.namedIn.map(({ item }) => item)).toEqual(['digest']);
  expect(digest.namedIn).toEqual([]);
  expect(released.namedIn.map(({ item }) => item)).toEqual(['digest']);
});
