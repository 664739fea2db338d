import { expect, test } from 'vitest';
import { runResolve } from '../../src/cli/resolve.ts';
import { runRetry } from '../../src/cli/retry.ts';
import { holdItems } from '../../src/desk/approval/hold-items.ts';
import { as, importIt, PAPERS } from '../desk/approval/asking-desk.ts';
import { makeClosing } from '../desk/closing-desk.ts';
import { makeIssue } from '../support/make-issue.ts';
import { makeTerminal } from './terminal.ts';

test('paperboy retry --to says what it left, as an editor holds it, and how it is released', async () => {
  const { desk, open, sent } = await makeClosing();
  await holdItems(as(desk, 'ada'), '7', { paper: 'alpha' });
  open();
  const { context, read } = makeTerminal(desk);

  const code = await runRetry(context, undefined, { to: 'bluesky' });

  expect(read()).toBe(
    '✓ bluesky is paused no more\n' +
      '· Alpha → bluesky is held until it is released, as ada holds it\n' +
      '    → paperboy release 7 --paper alpha\n',
  );
  expect(code).toBe(1);
  expect(sent()).toBe('');
});

test('paperboy retry says before it sends that it sends the words of an older revision', async () => {
  const { desk, open, sent } = await makeClosing();
  await importIt(desk, makeIssue({ papers: PAPERS, text: 'Nobody has approved this.' }));
  open();
  const { context, read } = makeTerminal(desk);

  const code = await runRetry(context, undefined, { to: 'bluesky' });

  expect(read()).toBe(
    '✓ bluesky is paused no more\n' +
      '✓ Alpha → bluesky is in line again, in the words of revision 1: those of revision 2 wait for an editor\n' +
      '    → paperboy approve 7 --paper alpha\n' +
      '✓ Alpha → bluesky (1 post): a\n',
  );
  expect(code).toBe(0);
  expect(sent()).not.toContain('Nobody has approved');
});

test('paperboy resolve --not-sent says that it is held, and sends nothing', async () => {
  const { desk, open, sent } = await makeClosing();
  await holdItems(as(desk, 'ada'), '7', { paper: 'alpha' });
  await desk.outbox.resume('bluesky/news.test');
  open();
  const { context, read } = makeTerminal(desk);

  const code = await runResolve(context, '7', { paper: 'alpha', notSent: true });

  expect(read()).toBe(
    '✓ Alpha → bluesky counts as never tried, and is held until it is released, as ada holds it\n' +
      '    → paperboy release 7 --paper alpha\n',
  );
  expect(code).toBe(0);
  expect(sent()).toBe('');
});
