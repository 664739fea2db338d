import { expect, test } from 'vitest';
import { deliverNow } from '../../src/desk/deliver-now.ts';
import { importToArchive } from '../../src/desk/import.ts';
import { queuePost } from '../../src/desk/post.ts';
import type { Issue } from '../../src/issue/schema.ts';
import { writeYaml } from '../../src/issue/structured/write-yaml.ts';
import { makeFakePlatform, WORKS } from '../support/fake-platform.ts';
import { makeIssue } from '../support/make-issue.ts';
import { makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const LATER = new Date('2026-12-01T08:00:00.000Z');

const importIt = (desk: TestDesk, issue: Issue, isRevision = true) =>
  importToArchive(desk, new TextEncoder().encode(writeYaml(issue)), { isRevision, format: 'yaml' });

/** A desk with issue #7 of Alpha, which is posted, and Beta and Gamma, which wait. */
async function makeWaiting(): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase());
  await importIt(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'] }));
  const sent = await queuePost(desk, '7', { paper: 'alpha' });
  await deliverNow(
    desk,
    sent.map(({ delivery }) => delivery.id),
    { onSettled: () => {} },
  );
  await queuePost(desk, '7', { paper: 'beta', at: LATER });
  await queuePost(desk, '7', { paper: 'gamma', at: new Date(LATER.getTime() + 1) });
  return desk;
}

/** A desk whose platform cannot be reached so many times. */
function makeOfflineDesk(times: number): TestDesk {
  let left = times;
  const publisher = makeFakePlatform().makePublisher({
    find: () => 'answers',
    publish: () => {
      left -= 1;
      return left >= 0 ? { kind: 'is unavailable', posts: 0 } : WORKS;
    },
  });
  return makeTestDesk(makeTempDatabase(), { publisher });
}

const states = async (desk: TestDesk): Promise<string[]> =>
  (await desk.outbox.list())
    .map(({ item, revision, state, draft }) => {
      const isNew = JSON.stringify(draft).includes('It works well');
      return `${item} ${revision} ${state} ${isNew ? 'new' : 'old'}`;
    })
    .sort();

test('a revision renders anew what waits, and leaves what was sent alone', async () => {
  const desk = await makeWaiting();
  const text = 'It works well, and it is simple.';

  const result = await importIt(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'], text }));

  expect(result).toMatchObject({ saved: 'revised', revision: 2 });
  expect(result.revised.map(({ delivery, action }) => `${delivery.item} ${action}`)).toEqual([
    'paper/beta rendered',
    'paper/gamma rendered',
  ]);
  expect(result.changes.map(({ title, details }) => [title, details])).toEqual(
    ['Alpha', 'Beta', 'Gamma'].map((title) => [title, ['1 of 1 paragraph changed']]),
  );
  expect(await states(desk)).toEqual([
    'paper/alpha 1 sent old',
    'paper/beta 2 planned new',
    'paper/gamma 2 planned new',
  ]);
  expect((await desk.outbox.list())[1]?.dueAt).toEqual(LATER);
});

test('what waits for an account, which the ledger knows by its key, is rendered anew too', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await importIt(desk, makeIssue({ papers: ['Alpha'] }));
  await queuePost(desk, '7', { to: 'bluesky', at: LATER });

  const { revised } = await importIt(desk, makeIssue({ papers: ['Alpha'], text: 'New words.' }));

  expect(revised.map(({ action }) => action)).toEqual(['rendered']);
});

test('a paper that the revision takes out is left in the queue, and told', async () => {
  const desk = await makeWaiting();
  const text = 'It works well, and it is simple.';

  const { revised, changes } = await importIt(desk, makeIssue({ papers: ['Alpha', 'Beta'], text }));

  expect(changes.at(-1)).toMatchObject({ kind: 'removed', title: 'Gamma' });
  expect(revised.at(-1)).toMatchObject({
    action: 'left',
    delivery: { item: 'paper/gamma' },
    reason: 'revision 2 has no such paper',
  });
  expect(await states(desk)).toContain('paper/gamma 1 planned old');
});

test('a corrected title keeps the slug, so that the paper is not posted twice', async () => {
  const desk = await makeWaiting();
  const issue = makeIssue({ papers: ['Alpha', 'Betta', 'Gamma'] });

  const result = await importIt(desk, issue);
  const again = await importIt(desk, issue);

  expect(result.issue?.papers.map(({ slug }) => slug)).toEqual(['alpha', 'beta', 'gamma']);
  expect(result.findings.map(({ code }) => code)).toContain('paper.slug-kept');
  expect(result.changes).toMatchObject([{ details: ['the title: “Beta” → “Betta”'] }]);
  expect(again).toMatchObject({ saved: 'unchanged', changes: [], revised: [] });
});

test('a process that died after it had stored a revision is made up for by the next import', async () => {
  const desk = await makeWaiting();
  const text = 'It works well, and it is simple.';
  const issue = makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'], text });
  const at = desk.clock.now();
  await desk.archive.save(issue, {
    findings: [],
    isSample: false,
    isRevision: true,
    isApproved: true,
    at,
  });

  const { saved, revised } = await importIt(desk, issue);

  expect(saved).toBe('unchanged');
  expect(revised.map(({ action }) => action)).toEqual(['rendered', 'rendered']);
});

test('without --revise other text is turned away, and nothing waits with new words', async () => {
  const desk = await makeWaiting();
  const before = await desk.outbox.list();

  const result = await importIt(desk, makeIssue({ text: 'Other.' }), false);

  expect(result).toMatchObject({ saved: 'conflict', changes: [], revised: [] });
  expect(await desk.outbox.list()).toEqual(before);
});

test('an import is examined against the archive, samples apart', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  const bytes = (issue: Issue) => new TextEncoder().encode(writeYaml(issue));
  const old = { ...makeIssue({ number: 6 }), period: { start: '2026-11-09', end: '2026-11-18' } };
  await importToArchive(desk, bytes({ ...old, number: 5 }), { isSample: true });
  await importIt(desk, old);

  const { saved, findings } = await importIt(desk, makeIssue({ papers: ['A quite long title'] }));
  const stored = await desk.archive.read(7);

  expect(saved).toBe('new');
  expect(findings.map(({ code }) => code)).toContain('issue.period-overlaps');
  expect(findings.map(({ message }) => message).join()).toContain('that of #6');
  expect(stored?.findings).toEqual(findings);
});

test('what an outage kept from going out goes out in the newest words', async () => {
  const desk = makeOfflineDesk(1);
  await importIt(desk, makeIssue({ papers: ['Alpha'] }));
  const [posted] = await queuePost(desk, '7', { paper: 'alpha' });
  await desk.courier.deliverNext(['folder']);
  const tried = await desk.outbox.read(posted?.delivery.id ?? '');

  const text = 'It works well, and it is simple.';
  const result = await importIt(desk, makeIssue({ papers: ['Alpha'], text }));
  const delivered = await deliverNow(desk, [result.revised[0]?.delivery.id ?? ''], {
    onSettled: () => {},
  });

  expect(tried).toMatchObject({ state: 'planned', attempts: 1, isTouched: false });
  expect(result.revised.map(({ action }) => action)).toEqual(['rendered']);
  expect(delivered.map(({ state, revision }) => [state, revision])).toEqual([['sent', 2]]);
  expect(await states(desk)).toEqual(['paper/alpha 2 sent new']);
});

test('a post that waits is followed to the revision that takes its place', async () => {
  const desk = makeOfflineDesk(2);
  await importIt(desk, makeIssue({ papers: ['Alpha'] }));
  const [posted] = await queuePost(desk, '7', { paper: 'alpha' });
  const text = 'It works well, and it is simple.';
  let isRevised = false;

  const delivered = await deliverNow(desk, [posted?.delivery.id ?? ''], {
    onSettled: () => {},
    onAttempt: () => {
      if (!isRevised) void importIt(desk, makeIssue({ papers: ['Alpha'], text }));
      isRevised = true;
    },
  });

  expect(delivered.map(({ state, revision }) => [state, revision])).toEqual([['sent', 2]]);
});
