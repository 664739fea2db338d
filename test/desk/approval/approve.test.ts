import { expect, test } from 'vitest';
import { approve } from '../../../src/desk/approval/approve.ts';
import { approveSilent } from '../../../src/desk/approval/approve-silent.ts';
import { arrange } from '../../../src/desk/approval/arrange.ts';
import { editItem } from '../../../src/desk/approval/edit-item.ts';
import { holdItems, releaseItems } from '../../../src/desk/approval/hold-items.ts';
import { postNamed } from '../../../src/desk/approval/post-named.ts';
import { propose } from '../../../src/desk/approval/propose.ts';
import { reviewIssue } from '../../../src/desk/approval/review-issue.ts';
import { importToArchive } from '../../../src/desk/import.ts';
import { planSlots } from '../../../src/desk/plan/plan-slots.ts';
import { readPlan } from '../../../src/desk/plan/read-plan.ts';
import { queuePost } from '../../../src/desk/post.ts';
import type { Issue } from '../../../src/issue/schema.ts';
import { writeYaml } from '../../../src/issue/structured/write-yaml.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { FOLDER, makeTestDesk, type TestDesk } from '../../support/make-test-desk.ts';
import { makeTempDatabase } from '../../support/temp-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const PAPERS = ['Alpha', 'Beta', 'Gamma'];

const importIt = (desk: TestDesk, issue: Issue) =>
  importToArchive(desk, Buffer.from(writeYaml(issue)), { isRevision: true, format: 'yaml' });

/** A desk that asks, with an issue that nobody has looked at yet. */
async function makeAsking(
  approval: TestDesk['approval'] = { kind: 'always' },
  papers = PAPERS,
): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), { approval });
  await importIt(desk, makeIssue({ papers }));
  await planSlots(desk);
  return desk;
}

const as = (desk: TestDesk, actor: string): TestDesk => ({ ...desk, actor });

/** What the clock posts on the mornings to come. */
async function runDays(desk: TestDesk, days: number): Promise<string[]> {
  const posted: string[] = [];
  for (let day = 0; day < days; day += 1) {
    // A place that is behind takes nothing more.
    while ((await desk.courier.deliverNext([FOLDER.key])) !== undefined);
    desk.clock.advance(DAY_MS);
    for (const { delivery } of (await planSlots(desk)).planned) posted.push(delivery?.item ?? '-');
    while ((await desk.courier.deliverNext(['folder'])) !== undefined);
  }
  return posted;
}

async function standings(desk: TestDesk): Promise<Record<string, string>> {
  const stored = await desk.archive.read(7);
  if (stored === undefined) throw new Error('no issue');
  const { items } = await reviewIssue(desk, stored);
  return Object.fromEntries(items.map(({ item, standing }) => [item, standing]));
}

test('the clock posts nothing that nobody has approved, however long it waits', async () => {
  const desk = await makeAsking();

  expect(await runDays(desk, 40)).toEqual(Array.from({ length: 40 }, () => '-'));
  expect(await desk.archive.readLatestApproved()).toBeUndefined();
});

test('what is approved goes out at its slot, in the order of the issue, and nothing else does', async () => {
  const desk = await makeAsking();
  await approve(desk, '7', { paper: 'gamma' });
  await approve(desk, '7', { paper: 'alpha' });

  expect(await runDays(desk, 3)).toEqual(['paper/alpha', 'paper/gamma', '-']);
  expect(await desk.archive.readLatestApproved()).toBeUndefined();
});

test('an issue is for readers once nothing of it waits', async () => {
  const desk = await makeAsking();
  await holdItems(desk, '7', { paper: 'beta' });
  const before = await desk.archive.readLatestApproved();

  const { changed } = await approve(desk, '7');

  expect(before).toBeUndefined();
  expect(changed.map(({ item }) => item)).toEqual(['paper/alpha', 'paper/gamma', 'digest']);
  expect((await desk.archive.readLatestApproved())?.issue.number).toBe(7);
  expect(await standings(desk)).toMatchObject({ 'paper/beta': 'held', digest: 'ready' });
});

test('of two editors who approve at once the first has done it, and the other is told who', async () => {
  const desk = await makeAsking();

  const both = await Promise.all(['ann', 'ben'].map((name) => approve(as(desk, name), '7')));

  const [winner, loser] = both[0]?.changed.length === 0 ? [both[1], both[0]] : both;
  expect(winner?.changed).toHaveLength(4);
  expect(loser?.changed).toEqual([]);
  const { decisions, verdicts } = await desk.verdicts.read(7);
  expect(decisions).toHaveLength(4);
  expect(new Set(decisions.map(({ actor }) => actor)).size).toBe(1);
  expect(new Set([...verdicts.values()].map(({ actor }) => actor)).size).toBe(1);
});

test('other words need another approval; more likes do not', async () => {
  const desk = await makeAsking();
  await approve(desk, '7');
  const issue = makeIssue({ papers: PAPERS });
  const [alpha, ...others] = issue.papers;
  if (alpha === undefined) throw new Error('no paper');
  await importIt(desk, { ...issue, papers: [{ ...alpha, likes: 900 }, ...others] });
  const liked = await standings(desk);
  const said = { ...alpha, body: [{ kind: 'paragraph' as const, text: 'It does not work.' }] };
  await importIt(desk, { ...issue, papers: [said, ...others] });

  expect(new Set(Object.values(liked))).toEqual(new Set(['ready']));
  expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'waits', 'paper/beta': 'ready' });
  expect(await runDays(desk, 3)).toEqual(['paper/beta', 'paper/gamma', '-']);
});

test('readers keep the words that were approved while those of a revision wait, and have the new ones then', async () => {
  const desk = await makeAsking();
  await approve(desk, '7');

  await importIt(desk, makeIssue({ papers: PAPERS, text: 'It was corrected.' }));

  expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'waits' });
  expect((await desk.archive.readLatestApproved())?.revision).toBe(1);
  await approve(desk, '7');
  expect((await desk.archive.readLatestApproved())?.revision).toBe(2);
});

test('what waits in the ledger keeps its approved words until the new ones are approved', async () => {
  const desk = await makeAsking();
  await approve(desk, '7');
  const at = new Date(desk.clock.now().getTime() + DAY_MS);
  const [posted] = await queuePost(desk, '7', { paper: 'alpha', at });
  await importIt(desk, makeIssue({ papers: PAPERS, text: 'It was corrected.' }));
  const before = await desk.outbox.list();

  const { revised } = await approve(desk, '7');

  expect(before).toMatchObject([{ id: posted?.delivery.id, revision: 1 }]);
  expect(revised).toMatchObject([{ action: 'rendered', delivery: { revision: 2 } }]);
});

test('an editor decides about what they have seen, not about a revision that came meanwhile', async () => {
  const desk = await makeAsking();
  await importIt(desk, makeIssue({ papers: PAPERS, text: 'It was corrected.' }));

  await expect(approve(desk, '7', {}, { revision: 1 })).rejects.toMatchObject({
    code: 'issue.changed',
  });
  expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'waits' });
});

test('what is held is not posted in any mode, and goes on where it is released', async () => {
  const desk = await makeAsking({ kind: 'never' });
  await holdItems(desk, '7', { paper: 'beta' });
  const held = await runDays(desk, 2);

  await releaseItems(desk, '7', { paper: 'beta' });

  expect(held).toEqual(['paper/gamma', '-']);
  expect(await runDays(desk, 2)).toEqual(['paper/beta', '-']);
});

test('holding takes along what waits in the ledger, and releasing puts it back', async () => {
  const desk = await makeAsking({ kind: 'never' });
  const at = new Date(desk.clock.now().getTime() + HOUR_MS);
  const [posted] = await queuePost(desk, '7', { paper: 'beta', at });
  const id = posted?.delivery.id ?? '';
  await holdItems(desk, '7', { paper: 'beta' });
  const held = await desk.outbox.read(id);

  const { acted } = await releaseItems(desk, '7', { paper: 'beta' });

  expect(held?.state).toBe('held');
  expect(acted).toMatchObject([{ outcome: 'done' }]);
  expect((await desk.outbox.read(id))?.state).toBe('planned');
});

test('silence approves, counted from the asking and from the last word of an editor', async () => {
  const desk = await makeAsking({ kind: 'after', hours: 12 });
  const proposed = await propose(desk, false);
  desk.clock.advance(11 * HOUR_MS);
  const early = await approveSilent(desk, await propose(desk, false));
  await holdItems(desk, '7', { paper: 'beta' });
  desk.clock.advance(11 * HOUR_MS);
  const spoken = await approveSilent(desk, await propose(desk, false));
  desk.clock.advance(HOUR_MS);

  const late = await approveSilent(desk, await propose(desk, false));

  expect(proposed).toHaveLength(1);
  expect([early, spoken, late]).toEqual([[], [], [7]]);
  expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'ready', 'paper/beta': 'held' });
  const { decisions } = await desk.verdicts.read(7);
  expect(decisions.at(-1)?.actor).toBe('12 hours of silence');
});

test('silence approves nothing that no editor was asked about', async () => {
  const desk = await makeAsking({ kind: 'after', hours: 12 });
  await propose(desk, true);
  desk.clock.advance(40 * DAY_MS);
  const unasked = await approveSilent(desk, await propose(desk, true));
  const [asked] = await propose(desk, true);
  if (asked === undefined) throw new Error('nothing is proposed');
  await desk.verdicts.saveMessage(7, 1, { ...asked.proposal, askedAt: desk.clock.now() });
  desk.clock.advance(12 * HOUR_MS);
  await importIt(desk, makeIssue({ papers: PAPERS, text: 'It was corrected.' }));

  const revised = await approveSilent(desk, await propose(desk, true));

  expect(unasked).toEqual([]);
  expect(revised).toEqual([]);
});

test('papers go out as editors have arranged them, and the plan shows it', async () => {
  const desk = await makeAsking({ kind: 'never' }, ['Alpha', 'Beta', 'Gamma', 'Delta']);
  await arrange(desk, '7', 'paper/delta', 0);
  const again = await arrange(desk, '7', 'paper/delta', 0);
  const { entries } = await readPlan(desk);

  expect(again.isChanged).toBe(false);
  const drawn = entries.filter(({ delivery }) => delivery === undefined);
  expect(drawn.map(({ item }) => item)).toEqual(['paper/delta', 'paper/beta', 'paper/gamma']);
  expect(await runDays(desk, 3)).toEqual(['paper/delta', 'paper/beta', 'paper/gamma']);
});

test('an editor’s own words are approved with what they stand in the place of', async () => {
  const desk = await makeAsking();
  await approve(desk, '7');
  const edit = { platform: 'bluesky', text: 'In my own words.' } as const;

  const edited = await editItem(as(desk, 'ann'), '7', { item: 'paper/alpha', ...edit });
  const tooLong = await editItem(desk, '7', {
    ...{ item: 'paper/alpha', platform: 'bluesky' },
    text: 'word '.repeat(100),
  });

  expect(edited.saved).toBe('revised');
  expect(tooLong.saved).toBeUndefined();
  expect(tooLong.findings.map(({ code }) => code)).toContain('own-text.misfit');
  expect(await standings(desk)).toMatchObject({ 'paper/alpha': 'ready' });
  const { decisions } = await desk.verdicts.read(7);
  expect(decisions.slice(-2)).toMatchObject([
    { verb: 'edit', actor: 'ann', item: 'paper/alpha', note: 'bluesky' },
    { verb: 'approve', actor: 'ann' },
  ]);
  const edited2 = { item: 'news', platform: 'bluesky', text: 'x' } as const;
  await expect(editItem(desk, '7', edited2)).rejects.toMatchObject({ code: 'item.not-editable' });
});

test('who posts an item now approves it, once', async () => {
  const desk = await makeAsking();

  const posted = await postNamed(desk, '7', { paper: 'beta' });
  const again = await postNamed(desk, '7', { paper: 'beta' });

  expect(posted.posted).toMatchObject([
    { action: 'queued', delivery: { destination: FOLDER.key } },
  ]);
  expect(again.posted[0]?.delivery.id).toBe(posted.posted[0]?.delivery.id);
  expect(await standings(desk)).toMatchObject({ 'paper/beta': 'ready', 'paper/alpha': 'waits' });
});

test('samples and what is not there are nobody’s to decide about', async () => {
  const desk = await makeAsking();
  await importToArchive(desk, Buffer.from(writeYaml(makeIssue({ number: 3 }))), {
    isSample: true,
    format: 'yaml',
  });

  const codes = [];
  for (const [reference, which] of [
    ['3', {}],
    ['8', {}],
    ['7', { paper: 'omega' }],
    ['7', { items: ['news'] }],
  ] as const) {
    codes.push(await approve(desk, reference, which).catch((error) => error.code));
  }

  expect(codes).toEqual([
    'sample.not-decided',
    'issue.not-found',
    'paper.not-found',
    'item.not-found',
  ]);
});
