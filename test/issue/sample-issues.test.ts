import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { accountForLines } from './account-for-lines.ts';
import { complaints, importString, mustHaveIssue, readSample } from './samples.ts';

/*
 * The golden files hold what `importIssue` makes of the samples at NOW. After an intended change:
 * write `JSON.stringify(issue, null, 2)` over them, run `npm run format` and read the diff.
 */
describe.each([93, 102] as const)('sample %i', (number) => {
  const source = readSample(number);

  test('imports as its golden file says', () => {
    const golden = new URL(`golden/issue-${number}.json`, import.meta.url);

    const issue = mustHaveIssue(importString(source));

    expect(issue).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });

  test('imports without an error or a doubt', () => {
    const { findings } = importString(source);

    expect(complaints(findings)).toEqual([]);
  });

  test('has every line of the file exactly once, in its place and order', () => {
    const issue = mustHaveIssue(importString(source));

    const problems = accountForLines(source, issue);

    expect(problems).toEqual([]);
  });

  test('is missed by the check when a line is dropped, moved or doubled', () => {
    const issue = mustHaveIssue(importString(source));
    const [first, second, ...others] = issue.papers;
    if (first === undefined || second === undefined) throw new Error('The sample has no papers.');

    const dropped = {
      ...issue,
      papers: [{ ...first, body: first.body.slice(1) }, second, ...others],
    };
    const moved = { ...issue, papers: [second, first, ...others] };
    const doubled = { ...issue, news: [...issue.news, ...issue.news.slice(0, 1)] };

    for (const wrong of [dropped, moved, doubled]) {
      expect(accountForLines(source, wrong)).not.toEqual([]);
    }
  });
});
