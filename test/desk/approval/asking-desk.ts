import { reviewIssue } from '../../../src/desk/approval/review-issue.ts';
import { type ImportResult, importToArchive } from '../../../src/desk/import.ts';
import type { Issue } from '../../../src/issue/schema.ts';
import { writeYaml } from '../../../src/issue/structured/write-yaml.ts';
import { makeIssue } from '../../support/make-issue.ts';
import { makeTestDesk, type TestDesk } from '../../support/make-test-desk.ts';
import { makeTempDatabase } from '../../support/temp-database.ts';

export const HOUR_MS = 60 * 60 * 1000;
export const PAPERS = ['Alpha', 'Beta', 'Gamma'];

/** Imports an issue, or its next revision. */
export function importIt(desk: TestDesk, issue: Issue): Promise<ImportResult> {
  return importToArchive(desk, Buffer.from(writeYaml(issue)), { isRevision: true, format: 'yaml' });
}

/** A desk that asks, with an issue that nobody has looked at yet. */
export async function makeAsking(
  parts: NonNullable<Parameters<typeof makeTestDesk>[1]> = {},
  connections = makeTempDatabase(),
): Promise<TestDesk> {
  const desk = makeTestDesk(connections, { approval: { kind: 'always' }, ...parts });
  await importIt(desk, makeIssue({ papers: PAPERS }));
  return desk;
}

/** The desk with somebody at it. */
export function as(desk: TestDesk, actor: string): TestDesk {
  return { ...desk, actor };
}

/** How each item of issue 7 stands. */
export async function standings(desk: TestDesk): Promise<Record<string, string>> {
  const stored = await desk.archive.read(7);
  if (stored === undefined) throw new Error('no issue');
  const { items } = await reviewIssue(desk, stored);
  return Object.fromEntries(items.map(({ item, standing }) => [item, standing]));
}

/** The revision that readers see of issue 7. */
export async function readersSee(desk: TestDesk): Promise<number | undefined> {
  return (await desk.archive.approved.read(7))?.revision;
}
