import { expect, test } from 'vitest';
import { holdItems, releaseItems } from '../../src/desk/approval/hold-items.ts';
import { follow } from '../../src/desk/follow.ts';
import { describeChannel, planFollows } from '../../src/desk/plan-follows.ts';
import { resumeFollows } from '../../src/desk/resume-follows.ts';
import { TOKEN_REFUSED } from '../../src/publishers/refused-token.ts';
import { makeIssue } from '../support/make-issue.ts';
import { keep } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { type FollowStage, HERE, MANAGER, makeFollowStage, makeWish } from './follow-stage.ts';

const ALPHA = { paper: 'alpha' };

/** A channel that is paused, and what was refused there is held since. */
async function makeHeld(reason: string): Promise<FollowStage> {
  const made = makeFollowStage(makeTempDatabase());
  const stage = Object.assign(made, {
    destinations: [...made.destinations, describeChannel(HERE)],
    actor: 'ada',
  });
  await follow(stage, MANAGER, makeWish());
  await keep(stage, makeIssue({ papers: ['Alpha', 'Beta'] }));
  await planFollows(stage);
  stage.clock.advance(1_000);
  const now = stage.clock.now();
  const destinations = [`discord/${HERE}`];
  const claim = await stage.outbox.claim({ owner: 'other', now, leaseMs: 1_000, destinations });
  const refusal = { kind: 'refused', reason, remedy: 'x', isUnsent: true, isClosed: true } as const;
  await stage.outbox.settle(claim ?? expect.fail(), refusal, now);
  await holdItems(stage, '7', ALPHA);
  return stage;
}

test.each([
  ['the next start', TOKEN_REFUSED, (stage: FollowStage) => resumeFollows(stage)],
  ['who follows again', 'no rights', (stage: FollowStage) => follow(stage, MANAGER, makeWish())],
] as const)(
  'what an editor holds is posted by %s no more than by the clock',
  async (_, reason, goOn) => {
    const stage = await makeHeld(reason);

    await goOn(stage);
    const sent = await stage.play();
    await releaseItems(stage, '7', ALPHA);
    const released = await stage.play();

    expect(sent).toEqual([`${HERE} paper/beta`]);
    expect(released).toEqual([`${HERE} paper/alpha`]);
  },
);
