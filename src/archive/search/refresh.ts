import { setImmediate } from 'node:timers/promises';
import type { SqliteConnection } from '../../database/open-sqlite.ts';
import type { IssueTable } from '../../database/tables.ts';
import { writeWhenFree } from '../../database/write-when-free.ts';
import { parseRow } from '../issue-reader.ts';
import { makeIndexWriter } from './write-index.ts';

/** So many issues are indexed in one transaction: a few tenths of a second of the write lock. */
const SLICE = 50;

/** After so many issues at once the full-text index is put in order. */
const MANY = 25;

/**
 * Samples are shown while there is nothing else; an issue in the newest revision that is approved.
 * An index of `issues` has these columns.
 */
const SHOWN = 'is_sample = (SELECT min(is_sample) FROM issues) AND approved_at IS NOT NULL';
const BEHIND = `
  SELECT latest.number AS number FROM
    (SELECT number, max(revision) AS revision FROM issues WHERE ${SHOWN} GROUP BY number) AS latest
  LEFT JOIN search_issues AS known ON known.number = latest.number
  WHERE known.revision IS NOT latest.revision
  ORDER BY latest.number DESC`;
const HIDDEN = `
  SELECT number FROM search_issues WHERE number NOT IN (SELECT number FROM issues WHERE ${SHOWN})`;
const LATEST = `
  SELECT * FROM issues WHERE number = ? AND ${SHOWN} ORDER BY revision DESC LIMIT 1`;

/**
 * Brings the index up to date with the archive, newest issues first, and tells how many issues were
 * read. An issue is swapped whole, so whoever searches meanwhile sees its old text or its new one.
 * The event loop and other writers get their turn between slices, and where nothing is behind,
 * nothing is written. Two processes may do it at once: each looks again inside its transaction.
 */
export async function refreshIndex(sqlite: SqliteConnection, reading: number): Promise<number> {
  const behind = sqlite.prepare<[], { number: number }>(BEHIND);
  const latest = sqlite.prepare<[number], IssueTable>(LATEST);
  const writer = makeIndexWriter(sqlite, reading);
  if (!writer.isReadAs(reading)) {
    await writeWhenFree(sqlite, () => writer.isReadAs(reading) || writer.clear());
  }
  const hidden = sqlite.prepare<[], number>(HIDDEN).pluck();
  if (hidden.get() !== undefined) {
    await writeWhenFree(sqlite, () => {
      for (const number of hidden.all()) writer.remove(number);
      writer.flush();
    });
  }
  let count = 0;
  let left = behind.all();
  while (left.length > 0) {
    const slice = left.slice(0, SLICE);
    await writeWhenFree(sqlite, () => {
      for (const { number } of slice) {
        const row = latest.get(number);
        if (row === undefined || writer.hasRevision(number, row.revision)) continue;
        const { issue, isSample, revision } = parseRow(row);
        writer.replace(issue, revision, isSample);
        count += 1;
      }
      writer.flush();
    });
    left = left.slice(SLICE);
    if (left.length > 0) await setImmediate();
  }
  // Many small changes leave many small parts of the full-text index, and each is looked into.
  if (count >= MANY) await writeWhenFree(sqlite, () => writer.optimize());
  return count;
}
