import { expect, test } from 'vitest';
import { deliverNow } from '../../src/desk/deliver-now.ts';
import { editText } from '../../src/desk/edit-text.ts';
import { importToArchive } from '../../src/desk/import.ts';
import { queuePost } from '../../src/desk/post.ts';
import { preview } from '../../src/desk/preview.ts';
import type { Issue } from '../../src/issue/schema.ts';
import { writeYaml } from '../../src/issue/structured/write-yaml.ts';
import { makeIssue } from '../support/make-issue.ts';
import { keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const LATER = new Date('2026-12-01T08:00:00.000Z');

async function makeDesk(): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase());
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'] }));
  return desk;
}

async function readPosts(desk: TestDesk, paper = 'alpha'): Promise<string[]> {
  const [draft] = await preview(desk, '7', { paper, platform: 'bluesky' });
  return draft?.platform === 'bluesky' ? draft.posts.map(({ text }) => text) : [];
}

const importYaml = (desk: TestDesk, issue: Issue) =>
  importToArchive(desk, new TextEncoder().encode(writeYaml(issue)), {
    format: 'yaml',
    isRevision: true,
  });

test('an editor’s own words are what is posted, on their platform alone', async () => {
  const desk = await makeDesk();

  const result = await editText(desk, '7', {
    paper: 'alpha',
    platform: 'bluesky',
    text: 'My words.\n---\nMore of *them*.',
  });

  expect(result).toMatchObject({ saved: 'revised', revision: 2 });
  expect(result.changes.map(({ details }) => details)).toEqual([
    ['the own text for bluesky is new'],
  ]);
  expect(await readPosts(desk)).toEqual(['My words.', 'More of them.']);
  expect((await readPosts(desk, 'beta')).join()).not.toContain('My words');
  const [discord] = await preview(desk, '7', { paper: 'alpha', platform: 'discord' });
  expect(JSON.stringify(discord)).not.toContain('My words');
});

test('they are kept by an import that cannot hold them, and go with one that could', async () => {
  const desk = await makeDesk();
  await editText(desk, '7', { paper: 'alpha', platform: 'bluesky', text: 'My words.' });
  const text = [
    'A Title',
    'Nov 16th ~ Nov 22nd',
    '#7',
    'Alpha',
    'Xu et al. [Lab]',
    '♥ 1.2k Topic',
    'It works well. '.repeat(12),
  ].join('\n');

  const plain = await importToArchive(desk, new TextEncoder().encode(text), { isRevision: true });
  const kept = await readPosts(desk);
  await importYaml(desk, makeIssue({ papers: ['Alpha'], text: 'Anew.' }));

  expect(plain.saved).toBe('revised');
  expect(kept).toEqual(['My words.']);
  expect(await readPosts(desk)).not.toEqual(kept);
});

test('words that do not fit are told, and nothing is kept', async () => {
  const desk = await makeDesk();

  const { findings, saved } = await editText(desk, '7', {
    paper: 'alpha',
    platform: 'bluesky',
    text: 'Long words. '.repeat(40),
  });

  expect(saved).toBeUndefined();
  expect(findings.at(-1)).toMatchObject({ severity: 'error', code: 'own-text.misfit' });
  expect(findings.at(-1)?.message).toContain('at most 300');
  expect((await desk.archive.read(7))?.revision).toBe(1);
});

test('a structured file is held to the same limits, and to platforms that there are', async () => {
  const desk = await makeDesk();
  const issue = makeIssue({ papers: ['Alpha'] });
  const [paper] = issue.papers;
  if (paper === undefined) throw new Error('there is no paper');
  const own = { x: 'y '.repeat(300), myspace: 'Hello' };

  const { findings, saved } = await importYaml(desk, {
    ...issue,
    papers: [{ ...paper, ownText: own }],
  });

  expect(saved).toBeUndefined();
  expect(findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['own-text.misfit', 'own-text.platform-unknown']),
  );
});

test('what waits is written anew, what was sent stays, and clearing goes back', async () => {
  const desk = await makeDesk();
  const sent = await queuePost(desk, '7', { paper: 'alpha', to: 'bluesky' });
  await deliverNow(
    desk,
    sent.map(({ delivery }) => delivery.id),
    { onSettled: () => {} },
  );
  await queuePost(desk, '7', { paper: 'beta', to: 'bluesky', at: LATER });
  const before = await readPosts(desk, 'beta');

  const edit = await editText(desk, '7', { paper: 'beta', platform: 'bluesky', text: 'Mine.' });
  const words = (await desk.outbox.list()).map(({ draft }) => JSON.stringify(draft));
  await editText(desk, '7', { paper: 'beta', platform: 'bluesky', text: undefined });

  expect(edit.revised.map(({ action }) => action)).toEqual(['rendered']);
  expect(words.filter((text) => text.includes('Mine.'))).toHaveLength(1);
  expect(await readPosts(desk, 'beta')).toEqual(before);
});

test('the digest of an issue can have own words too', async () => {
  const desk = await makeDesk();

  await editText(desk, '7', { platform: 'bluesky', text: 'This week: Alpha.' });
  const [draft] = await preview(desk, '7', { digest: 'issue', platform: 'bluesky' });

  expect(draft?.posts).toMatchObject([{ text: 'This week: Alpha.' }]);
});

test('a sample is not edited', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await keep(desk, makeIssue({ papers: ['Alpha'] }), true);

  await expect(
    editText(desk, '7', { paper: 'alpha', platform: 'bluesky', text: 'x' }),
  ).rejects.toMatchObject({ code: 'sample.not-editable' });
});
