import { expect, test } from 'vitest';
import { readDraft } from '../../../formatters/index.ts';
import { approve } from '../../../src/desk/approval/approve.ts';
import { editItem } from '../../../src/desk/approval/edit-item.ts';
import { postNamed } from '../../../src/desk/approval/post-named.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { as, HOUR_MS, importIt, makeAsking, PAPERS, readersSee, standings } from './asking-desk.ts';

const ALPHA = { item: 'paper/alpha', platform: 'bluesky' } as const;

test('what is queued and approved goes out with the words of the edit', async () => {
  const desk = await makeAsking();
  const at = new Date(desk.clock.now().getTime() + 5 * HOUR_MS);
  await postNamed(desk, '7', { paper: 'alpha', at });

  const { revised } = await editItem(desk, '7', { ...ALPHA, text: 'My very own words.' });

  expect(revised).toMatchObject([{ action: 'rendered' }]);
  const [waiting] = await desk.outbox.list({ issue: 7, states: ['planned'] });
  expect(waiting?.revision).toBe(2);
  expect(waiting && readDraft(waiting.draft)[0]).toContain('My very own words.');
});

test('an edit of an issue that readers see is for them at once; one of an issue that waits is not', async () => {
  const desk = await makeAsking();
  await editItem(desk, '7', { ...ALPHA, text: 'First.' });
  const waiting = await readersSee(desk);
  await approve(desk, '7');

  await editItem(desk, '7', { ...ALPHA, text: 'Second.' });

  expect(waiting).toBeUndefined();
  expect(await readersSee(desk)).toBe(3);
});

test('an edit leaves what was found in the issue before, and tells nothing of it again', async () => {
  const desk = await makeAsking();
  const stored = await desk.archive.read(7);
  if (stored === undefined) throw new Error('no issue');
  const doubt = {
    severity: 'warning',
    code: 'period.missing',
    message: 'Odd.',
    remedy: 'Look.',
  } as const;
  const options = { isSample: false, isRevision: true, isApproved: false, at: desk.clock.now() };
  const issue = { ...stored.issue, title: 'Other steps' };
  await desk.archive.save(issue, { ...options, findings: [doubt] });

  const { findings } = await editItem(desk, '7', { ...ALPHA, text: 'Mine.' });

  expect(findings.map(({ code }) => code)).not.toContain('period.missing');
  expect((await desk.archive.read(7))?.findings).toContainEqual(doubt);
});

test.each(['\u200b', '\u0000\u0007', ' \u2060 ', '---'])(
  'words of which nobody sees anything are none: %j',
  async (text) => {
    const desk = await makeAsking();

    const { saved, findings } = await editItem(desk, '7', { ...ALPHA, text });

    expect(saved).toBeUndefined();
    expect(findings).toMatchObject([{ code: 'own-text.misfit' }]);
  },
);

test('control characters and turned directions are left out of what is kept', async () => {
  const desk = await makeAsking();

  await editItem(desk, '7', { ...ALPHA, text: '\u202Eevil\u0000\r\nwords 👩‍🚀' });

  const own = (await desk.archive.read(7))?.issue.papers[0]?.ownText;
  expect(own).toEqual({ bluesky: 'evil\nwords 👩‍🚀' });
});

test.each([
  ['title', { title: 'Other steps' }],
  ['address', { url: 'https://news.test/7' }],
  ['days', { period: { start: '2026-11-15', end: '2026-11-22' } }],
])(
  'a paper waits anew when the %s of its issue is another: the closing line names it',
  async (_name, parts) => {
    const desk = await makeAsking();
    await approve(as(desk, 'ada'), '7');

    await importIt(desk, { ...makeIssue({ papers: PAPERS }), ...parts });

    expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'waits' });
  },
);
