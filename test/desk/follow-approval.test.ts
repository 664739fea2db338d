import { expect, test } from 'vitest';
import { readDraft } from '../../formatters/index.ts';
import { approve } from '../../src/desk/approval/approve.ts';
import { holdItems, releaseItems } from '../../src/desk/approval/hold-items.ts';
import { openDecided } from '../../src/desk/approval/open-decided.ts';
import { follow as addFollow } from '../../src/desk/follow.ts';
import { makeIssue } from '../support/make-issue.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { importIt } from './approval/asking-desk.ts';
import {
  type FollowStage,
  HERE,
  MANAGER,
  makeFollowStage,
  makeTopicIssue,
  makeWish,
  ROLE,
} from './follow-stage.ts';

/** A channel that follows, where editors are asked. */
async function makeAsked(wish: Parameters<typeof makeWish>[0] = {}): Promise<FollowStage> {
  const stage = makeFollowStage(makeTempDatabase(), undefined, { kind: 'always' });
  await addFollow(stage, MANAGER, makeWish(wish));
  return stage;
}

const here = (...items: string[]): string[] => items.map((item) => `${HERE} ${item}`);

test('a follow brings no words that nobody has approved, and those of the next revision once they are', async () => {
  const stage = await makeAsked();
  await importIt(stage, makeIssue({ number: 7 }));
  await approve(stage, '7');
  await importIt(stage, makeIssue({ number: 7, text: 'Unseen words.' }));

  const unseen = await stage.play();
  await approve(stage, '7', { paper: 'beta' });
  const beta = await stage.play();
  await approve(stage, '7');

  expect(unseen).toEqual([]);
  expect(beta).toEqual(here('paper/beta'));
  expect(await stage.play()).toEqual(here('paper/alpha'));
  expect(await stage.play()).toEqual([]);
});

test('an issue that was old when it came is delivered to nobody, but for what an editor approves', async () => {
  const stage = await makeAsked();
  await importIt(stage, makeIssue({ number: 10, papers: ['Ten'] }));
  const period = { start: '2026-08-01', end: '2026-08-08' };
  await importIt(stage, { ...makeIssue({ number: 7 }), period });
  await importIt(stage, { ...makeIssue({ number: 6, papers: ['Six', 'Seven'] }), period });
  await approve(stage, '6', { paper: 'six' });

  const sent = await stage.play();
  await approve(stage, '7');

  expect(sent).toEqual(here('paper/six'));
  expect(await stage.play()).toEqual([]);
});

test('what is held comes once it is released, all of an issue or one paper', async () => {
  const stage = await makeAsked();
  await importIt(stage, makeIssue({ number: 7, papers: ['Alpha', 'Beta'] }));
  await holdItems(stage, '7', {});
  const held = await stage.play();
  await releaseItems(stage, '7', { paper: 'alpha' });
  await openDecided(stage);
  const one = await stage.play();
  await importIt(stage, makeIssue({ number: 8, papers: ['Gamma'] }));
  await importIt(stage, makeIssue({ number: 9, papers: ['Delta'] }));
  await approve(stage, '8');
  await approve(stage, '9');
  const others = await stage.play();
  await releaseItems(stage, '7', {});

  expect(held).toEqual([]);
  expect(one).toEqual(here('paper/alpha'));
  expect(others).toEqual(here('paper/gamma', 'paper/delta'));
  expect(await stage.play()).toEqual(here('paper/beta'));
});

test('a topic’s digest leaves out what is held', async () => {
  const stage = await makeAsked({ about: 'Agents', what: 'digests' });
  await importIt(stage, makeTopicIssue(7, { Alpha: ['Agents'], Beta: ['Agents'] }));
  await holdItems(stage, '7', { paper: 'alpha' });
  await approve(stage, '7');

  expect(await stage.play()).toHaveLength(1);

  const [digest] = await stage.outbox.list({ issue: 7 });
  const text = digest === undefined ? '' : readDraft(digest.draft).join('\n');
  expect(text).toContain('Beta');
  expect(text).not.toContain('Alpha');
});

test('a role is pinged by the first that comes of an issue, and not again by what is released', async () => {
  const stage = await makeAsked({ roleId: ROLE });
  await importIt(stage, makeIssue({ number: 7 }));
  await holdItems(stage, '7', { paper: 'alpha' });
  await approve(stage, '7');
  await stage.play();
  await releaseItems(stage, '7', {});
  await stage.play();

  const pings = (await stage.outbox.list({ issue: 7 }))
    .filter(({ draft }) => JSON.stringify(draft.posts).includes(`<@&${ROLE}>`))
    .map(({ item }) => item);

  expect(pings).toEqual(['paper/beta']);
});

test('an issue that waited is delivered once nobody is asked any more', async () => {
  const stage = await makeAsked();
  await importIt(stage, makeIssue({ number: 7 }));
  const free = Object.assign(stage, { approval: { kind: 'never' } as const });
  await openDecided(free);

  expect(await free.play()).toEqual(here('paper/alpha', 'paper/beta'));
});
