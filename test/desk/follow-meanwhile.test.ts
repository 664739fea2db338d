import { expect, test } from 'vitest';
import { approve } from '../../src/desk/approval/approve.ts';
import { holdItems, releaseItems } from '../../src/desk/approval/hold-items.ts';
import type { Approval } from '../../src/desk/approval/judge-item.ts';
import { openDecided } from '../../src/desk/approval/open-decided.ts';
import { follow } from '../../src/desk/follow.ts';
import { planFollows } from '../../src/desk/plan-follows.ts';
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

const RULES: readonly Approval[] = [{ kind: 'never' }, { kind: 'always' }];
const ALPHA = { paper: 'alpha' };
const here = (...items: string[]): string[] => items.map((item) => `${HERE} ${item}`);

/** A channel that follows, with an issue that may go out. */
async function makeReady(
  approval: Approval,
  wish: Parameters<typeof makeWish>[0] = {},
  issue = makeIssue({ number: 7 }),
): Promise<FollowStage> {
  const stage = makeFollowStage(makeTempDatabase(), undefined, approval);
  await follow(stage, MANAGER, makeWish(wish));
  await importIt(stage, issue);
  await approve(stage, '7', {});
  await openDecided(stage);
  return stage;
}

/** The planner that somebody is quicker than: it has read everything, and queues then. */
async function planSlowly(stage: FollowStage, act: () => Promise<unknown>): Promise<string[]> {
  const { outbox } = stage;
  const queueFree: typeof outbox.queueFree = async (...request) => {
    await act();
    return outbox.queueFree(...request);
  };
  const { queued } = await planFollows({ ...stage, outbox: { ...outbox, queueFree } });
  return queued.map(({ item }) => item);
}

test.each(RULES)(
  'what is held while follows are planned comes once it is released, and the rest a minute later ($kind)',
  async (approval) => {
    const stage = await makeReady(approval);

    const first = await planSlowly(stage, () => holdItems(stage, '7', ALPHA));
    const ledger = await stage.outbox.list();
    stage.clock.advance(60_000);
    const rest = await stage.play();
    await releaseItems(stage, '7', ALPHA);

    expect(first).toEqual([]);
    expect(ledger).toEqual([]);
    expect(rest).toEqual(here('paper/beta'));
    expect(await stage.play()).toEqual(here('paper/alpha'));
    expect(await stage.play()).toEqual([]);
  },
);

test('a role is pinged by what comes first where something was held while it was planned', async () => {
  const stage = await makeReady({ kind: 'always' }, { roleId: ROLE });

  await planSlowly(stage, () => holdItems(stage, '7', ALPHA));
  await stage.play();

  const [only, ...others] = await stage.outbox.list();
  expect(others).toEqual([]);
  expect(only?.item).toBe('paper/beta');
  expect(JSON.stringify(only?.draft.posts)).toContain(`<@&${ROLE}>`);
});

test('of words that were approved while follows are planned the old ones are not posted', async () => {
  const stage = await makeReady({ kind: 'always' });

  const first = await planSlowly(stage, async () => {
    await importIt(stage, makeIssue({ number: 7, text: 'It was corrected.' }));
    await approve(stage, '7', {});
  });
  const sent = await stage.play();

  expect(first).toEqual([]);
  expect(sent).toEqual(here('paper/alpha', 'paper/beta'));
  expect((await stage.outbox.list()).map(({ revision }) => revision)).toEqual([2, 2]);
});

test.each(RULES)(
  'a topic’s digest leaves out what is held while it is planned ($kind)',
  async (approval) => {
    const issue = makeTopicIssue(7, { Alpha: ['Agents'], Beta: ['Agents'] });
    const stage = await makeReady(approval, { about: 'Agents', what: 'digests' }, issue);

    const first = await planSlowly(stage, () => holdItems(stage, '7', ALPHA));
    await stage.play();

    expect(first).toEqual([]);
    const [digest, ...others] = await stage.outbox.list();
    expect(others).toEqual([]);
    expect(JSON.stringify(digest?.draft.posts)).toContain('Beta');
    expect(JSON.stringify(digest?.draft.posts)).not.toContain('Alpha');
  },
);

test('of two issues the one of which something is held meanwhile waits, and the other comes', async () => {
  const stage = await makeReady({ kind: 'never' });
  await importIt(stage, makeIssue({ number: 8, papers: ['Gamma'] }));
  await openDecided(stage);

  const first = await planSlowly(stage, () => holdItems(stage, '7', ALPHA));
  stage.clock.advance(60_000);

  expect(first).toEqual(['paper/gamma']);
  expect(await stage.play()).toEqual(here('paper/gamma', 'paper/beta'));
});
