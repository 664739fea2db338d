import { expect, it } from 'vitest';
import { runPost } from '../../src/cli/post.ts';
import { tellTwice } from '../../src/cli/tell-twice.ts';
import { makeFakeClock } from '../support/fake-clock.ts';
import { makeIssue } from '../support/make-issue.ts';
import { keep, makeTestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTerminal } from './terminal.ts';

const ZONE = 'Europe/Berlin';

it('says which of two times is meant, and how to name the other', () => {
  expect(tellTwice(new Date('2026-10-25T00:30Z'), ZONE)).toBe(
    'The clock in Europe/Berlin shows that time twice on that day: this is the first; the second is 2026-10-25T01:30Z.',
  );
  expect(tellTwice(new Date('2026-10-25T01:30Z'), ZONE)).toContain(
    'this is the second; the first is 2026-10-25T00:30Z.',
  );
});

it('has nothing to say of a time that comes once', () => {
  expect(tellTwice(new Date('2026-10-25T01:30Z'), 'UTC')).toBeUndefined();
  expect(tellTwice(new Date('2026-10-25T02:00Z'), ZONE)).toBeUndefined();
});

it('stands below what paperboy post --at has put in line', async () => {
  const clock = makeFakeClock('2026-10-24T08:00:00.000Z');
  const desk = { ...makeTestDesk(makeTempDatabase()), clock, timeZone: ZONE };
  await keep(desk, makeIssue({ papers: ['Alpha'] }));
  const { context, readNotes } = makeTerminal(desk);

  const code = await runPost(context, '7', { paper: 'alpha', at: '2026-10-25 02:30' });

  expect(code).toBe(0);
  expect(readNotes()).toContain('this is the first; the second is 2026-10-25T01:30Z.');
});
