import { expect, test } from 'vitest';
import { issueSchema } from '../../src/issue/schema.ts';
import { makeIssue } from '../support/make-issue.ts';

test.each([
  ['https://example.org/a', true],
  ['https://example.org', true],
  ['https://example.org/@me/post?by=a@b', true],
  ['https://example.org?to=a@b', true],
  ['https://user:word@example.org/a', false],
  ['https://user@example.org', false],
  ['ftp://example.org/a', false],
])('an address is of the web and has no user in it: %s', (url, isFine) => {
  expect(issueSchema.safeParse({ ...makeIssue(), url }).success).toBe(isFine);
});
