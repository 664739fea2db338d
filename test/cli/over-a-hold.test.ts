import { describe, expect, it } from 'vitest';
import { runAct } from '../../src/cli/act.ts';
import { runApprove } from '../../src/cli/approve.ts';
import type { CliContext, ExitCode } from '../../src/cli/context.ts';
import { runPost } from '../../src/cli/post.ts';
import { holdItems } from '../../src/desk/approval/hold-items.ts';
import type { Approval } from '../../src/desk/approval/judge-item.ts';
import { reviewIssue } from '../../src/desk/approval/review-issue.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { findIssue } from '../../src/desk/find-issue.ts';
import { queuePost } from '../../src/desk/post.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTerminal } from './terminal.ts';

const LATER = new Date('2026-11-30T09:00:00.000Z');

async function makeDesk(approval: Approval = { kind: 'always' }): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY], approval });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'] }));
  return desk;
}

async function run(
  desk: Desk,
  command: (context: CliContext) => Promise<ExitCode>,
): Promise<{ readonly code: ExitCode; readonly text: string; readonly notes: string }> {
  const terminal = makeTerminal(desk);
  const code = await command(terminal.context);
  return { code, text: terminal.read(), notes: terminal.readNotes() };
}

async function holdAsBo(desk: Desk, options: { to?: string } = {}): Promise<void> {
  await run({ ...desk, actor: 'bo' }, (one) =>
    runAct(one, 'hold', '7', { paper: 'alpha', ...options }),
  );
}

async function readStanding(desk: TestDesk): Promise<string | undefined> {
  return (await reviewIssue(desk, await findIssue(desk, '7'))).items[0]?.standing;
}

describe('paperboy post of what somebody holds', () => {
  it.each([
    ['always', 'folder'],
    ['never', undefined],
  ] as const)('refuses it where editors are asked %s, and says who holds it', async (kind, to) => {
    const desk = await makeDesk({ kind });
    await holdAsBo(desk);
    const options = { paper: 'alpha', ...(to === undefined ? {} : { to }) };

    const { code, text, notes } = await run(desk, (one) => runPost(one, '7', options));
    const json = await run(desk, (one) => runPost(one, '7', { ...options, json: true }));
    const timed = await run(desk, (one) => runPost(one, '7', { ...options, at: '23:50' }));

    expect([code, json.code, timed.code]).toEqual([1, 1, 1]);
    expect(text).toBe(
      '✗ Alpha is held by bo since Mon, Nov 23, 10:00, and was not posted.\n' +
        '    → paperboy release 7 --paper alpha; then post it again\n',
    );
    expect([notes, timed.notes]).toEqual(['', '']);
    expect(JSON.parse(json.text)).toMatchObject({
      deliveries: [],
      approved: [],
      held: [{ item: 'paper/alpha', by: 'bo', command: 'paperboy release 7 --paper alpha' }],
    });
    expect(await desk.outbox.list()).toEqual([]);
    expect(await readStanding(desk)).toBe('held');
  });

  it('posts it once it is released', async () => {
    const desk = await makeDesk();
    await holdAsBo(desk);
    await run(desk, (one) => runAct(one, 'release', '7', { paper: 'alpha' }));

    const { code, text } = await run(desk, (one) => runPost(one, '7', { paper: 'alpha' }));

    expect(code).toBe(0);
    expect(text).toMatch(/^✓ Alpha → bluesky/);
  });

  it('says whose hold of one delivery is over', async () => {
    const desk = await makeDesk();
    await queuePost(desk, '7', { paper: 'alpha', to: 'folder', at: LATER });
    await holdAsBo(desk, { to: 'folder' });

    const { code, notes } = await run(desk, (one) =>
      runPost(one, '7', { paper: 'alpha', to: 'folder' }),
    );

    expect(code).toBe(0);
    expect(notes).toContain(
      'Alpha → folder was held by bo since Mon, Nov 23, 10:00, which is over by that.\n',
    );
  });
});

describe('paperboy approve of what somebody holds', () => {
  it('says whose hold is over by that', async () => {
    const desk = await makeDesk();
    await holdAsBo(desk);

    const { code, text } = await run(desk, (one) => runApprove(one, '7', { paper: 'alpha' }));

    expect(code).toBe(0);
    expect(text).toContain(
      '✓ #7 is approved: Alpha\n  It was held by bo since Mon, Nov 23, 10:00, which is over by that.\n',
    );
    expect(await readStanding(desk)).toBe('ready');
  });

  it('says what of it is held in the queue still', async () => {
    const desk = await makeDesk();
    await queuePost(desk, '7', { paper: 'alpha', to: 'folder', at: LATER });
    await holdAsBo(desk);

    const { text } = await run(desk, (one) => runApprove(one, '7', { paper: 'alpha' }));
    const json = await run(desk, (one) => runApprove(one, '7', { paper: 'beta', json: true }));
    const release = await run(desk, (one) => runAct(one, 'release', '7', { paper: 'alpha' }));

    expect(text).toContain(
      '‖ held in the queue still: Alpha → folder\n    → paperboy release 7 --paper alpha\n',
    );
    expect(release.text).toContain('✓ Alpha → folder is in line again');
    expect(JSON.parse(json.text)).toMatchObject({ lifted: null });
  });

  it('leaves what another editor begins to hold at this moment', async () => {
    const desk = await makeDesk();
    let isFirst = true;
    const verdicts = {
      ...desk.verdicts,
      decide: async (...args: Parameters<typeof desk.verdicts.decide>) => {
        if (isFirst) {
          isFirst = false;
          await holdItems({ ...desk, actor: 'bo' }, '7', { paper: 'alpha' });
        }
        return desk.verdicts.decide(...args);
      },
    };

    const { text } = await run({ ...desk, verdicts }, (one) =>
      runApprove(one, '7', { paper: 'alpha' }),
    );

    expect(text).toContain('Alpha: held before, by bo, Mon, Nov 23, 10:00.');
    expect(await readStanding(desk)).toBe('held');
  });
});
