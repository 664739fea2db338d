import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { importToArchive } from '../../src/desk/import.ts';
import { makeTestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const sample = await readFile(new URL('../../issues/issue-093.txt', import.meta.url), 'utf8');
const withYear = (year: number): Buffer =>
  Buffer.from(sample.replace('Jan 26th ~ Feb 2nd', `Jan 26th, ${year} ~ Feb 2nd, ${year}`));

test('the same file a year later is the same issue, with the year that was found first', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  const bytes = Buffer.from(sample);
  await importToArchive(desk, bytes);
  desk.clock.set('2028-03-01T00:00:00Z');

  const again = await importToArchive(desk, bytes);

  expect(again).toMatchObject({ saved: 'unchanged', revision: 1 });
  expect(again.issue?.period.start).toBe('2026-01-26');
});

test('a year that the text states is taken, whatever the archive has', async () => {
  const desk = makeTestDesk(makeTempDatabase());
  await importToArchive(desk, withYear(2024));

  const corrected = await importToArchive(desk, withYear(2025), { isRevision: true });

  expect(corrected).toMatchObject({ saved: 'revised', revision: 2 });
  expect(corrected.issue?.period.start).toBe('2025-01-26');
});
