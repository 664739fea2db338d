import { expect, it } from 'vitest';
import { runApprove } from '../../src/cli/approve.ts';
import { approve } from '../../src/desk/approval/approve.ts';
import { planSlots } from '../../src/desk/plan/plan-slots.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, DISCORD, keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTerminal } from './terminal.ts';

/** An issue that is approved and goes out, and a newer one that waits. */
async function makeDesk(rest: 'drop' | 'queue'): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), {
    scheduled: [BLUESKY, DISCORD],
    approval: { kind: 'always' },
    programme: { rest },
  });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'] }));
  await approve(desk, '7');
  await planSlots(desk);
  await keep(desk, makeIssue({ number: 8, papers: ['Gamma', 'Delta'] }));
  return desk;
}

it('says which papers of an older issue are dropped by an approval, and only once', async () => {
  const desk = await makeDesk('drop');
  const first = makeTerminal(desk);
  const again = makeTerminal(desk);

  await runApprove(first.context, '8', { paper: 'gamma' });
  await runApprove(again.context, '8', { paper: 'delta' });

  expect(first.read().replace(/\s+/g, ' ')).toContain(
    '! The rest of #7 at bluesky and discord is dropped, as something of #8 is approved (rest: drop): Alpha and Beta → to have one out all the same: paperboy post 7 --paper WORDS',
  );
  expect(again.read()).not.toContain('dropped');
});

it('says the same to programs', async () => {
  const desk = await makeDesk('drop');
  const terminal = makeTerminal(desk);

  await runApprove(terminal.context, '8', { paper: 'gamma', json: true });

  const places = ['bluesky', 'discord'];
  expect(JSON.parse(terminal.read())).toMatchObject({
    dropped: [
      { issue: 7, item: 'paper/alpha', title: 'Alpha', places },
      { issue: 7, item: 'paper/beta', title: 'Beta', places },
    ],
  });
});

it('says nothing of an older issue that goes on', async () => {
  const desk = await makeDesk('queue');
  const terminal = makeTerminal(desk);

  await runApprove(terminal.context, '8', {});

  expect(terminal.read()).not.toContain('dropped');
});
