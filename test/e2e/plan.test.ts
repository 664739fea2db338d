import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseCalendar } from '../support/parse-calendar.ts';
import { AT_NOON, makeFolder, projectFolder, runPaperboy, startService } from './run-paperboy.ts';

it('the plan is a calendar, a file for calendars, and knows whether Paperboy runs', async () => {
  const cwd = await makeFolder();
  const at = { cwd, ...AT_NOON };
  const input = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
  const empty = await runPaperboy(['plan'], at);
  await runPaperboy(['import', '-'], { ...at, input });

  const printed = await runPaperboy(['plan', '--ics'], at);
  const piped = await runPaperboy(['plan', '--ics', '-'], at);
  const saved = await runPaperboy(['plan', '--ics', 'plan.ics'], at);
  const { child, until } = startService(cwd, AT_NOON.env, AT_NOON.preloads);
  await until(/✓ .* → folder/);
  const running = await runPaperboy(['plan', '--weeks', '1'], at);
  child.kill('SIGTERM');
  const wrong = await runPaperboy(['plan', '--weeks', '0'], at);

  const events = parseCalendar(printed.stdout);
  const file = parseCalendar(await readFile(join(cwd, 'plan.ics'), 'utf8'));
  expect([empty.code, printed.code, saved.code, running.code, wrong.code]).toEqual([0, 0, 0, 0, 1]);
  expect(empty.stdout).toMatch(/the archive is empty\.\n {2}→ Import an issue/);
  expect(events).toHaveLength(4);
  expect(parseCalendar(piped.stdout).map(({ UID }) => UID)).toEqual(events.map(({ UID }) => UID));
  expect(piped.stdout).toMatch(/^BEGIN:VCALENDAR\r\n.*\r\nEND:VCALENDAR\r?\n?$/s);
  expect([piped.code, piped.stderr, await readdir(cwd)]).toEqual([
    0,
    '',
    expect.not.arrayContaining(['-']),
  ]);
  expect(file.map(({ UID }) => UID)).toEqual(events.map(({ UID }) => UID));
  expect(running.stdout).not.toContain('not running');
  // The first start has posted one of the four.
  expect(running.stdout.match(/ folder {2}#93 /g)).toHaveLength(3);
  expect(wrong.stderr).toContain('It must be a number of weeks, 1 to 52.');
}, 240_000);
