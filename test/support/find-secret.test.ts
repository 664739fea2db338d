import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { findSecret } from './find-secret.ts';

const secret = `${randomBytes(20).toString('base64')}&"x/y`;

it.each([
  ['as it is', secret],
  ['cut', secret.slice(0, 14)],
  ['in an address', `?a=${encodeURIComponent(secret)}`],
  ['in JSON', JSON.stringify({ secret })],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in base64 of an address', Buffer.from(secret).toString('base64url')],
  ['behind a name', Buffer.from(`a:${secret}`).toString('base64')],
  ['behind another name', Buffer.from(`ab:${secret}`).toString('base64url')],
  ['behind a third name', Buffer.from(`abc:${secret}`).toString('base64')],
  ['in hexadecimal', Buffer.from(secret).toString('hex')],
])('findSecret finds one that stands %s', (_, written) => {
  expect(findSecret(Buffer.from(`before ${written} after`), secret)).toBeDefined();
});

it('findSecret finds none where there is none', () => {
  expect(findSecret(randomBytes(100_000), secret)).toBeUndefined();
});
