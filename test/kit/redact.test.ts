import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRedactor, redactValue } from '../../src/kit/redact.ts';
import { redactShapes, redactWords, SECRET } from '../../src/kit/redact-shapes.ts';
import { findExponent, LINEAR_AT_MOST } from '../support/find-exponent.ts';

/** Every way in which a library, a server or a log may write a text. */
const WRITTEN: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in a URL': encodeURIComponent,
  'in a form': (secret) => new URLSearchParams({ secret }).toString().slice('secret='.length),
  'in a URL, in small letters': (secret) =>
    encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  'in base64': (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  'in base64 of an address': (secret) => Buffer.from(secret).toString('base64url'),
  'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
};
const secrets = fc
  .string({ minLength: 8, maxLength: 80, unit: 'grapheme-ascii' })
  .map((text) => text.trim())
  .filter((text) => text.length >= 8 && !SECRET.includes(text));
const around = fc.string({ maxLength: 30 });

describe('makeRedactor', () => {
  it.each(Object.entries(WRITTEN))('never leaves a secret %s', (_, write) => {
    fc.assert(
      fc.property(secrets, around, around, (secret, before, after) => {
        const redact = makeRedactor([secret]);
        const written = write(secret);
        // The last character of base64 may hold bits of what comes after.
        const core = written.slice(0, -1);

        const redacted = redact(`${before} ${written} ${after}`);

        expect(redacted).toContain(SECRET);
        expect(redacted).not.toContain(core);
      }),
    );
  });

  it('never leaves a secret that was encoded together with other words', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...'abcXYZ0189_-+/é') }),
        fc.string({ maxLength: 9 }),
        fc.string({ maxLength: 9 }),
        (secret, before, after) => {
          const bytes = Buffer.from(before + secret + after);

          const redacted = makeRedactor([secret])(bytes.toString('base64'));

          expect(redacted).toContain(SECRET);
          expect(Buffer.from(redacted, 'base64').includes(secret)).toBe(false);
        },
      ),
    );
  });

  it('takes the longer secret where one begins with another', () => {
    const redact = makeRedactor(['abcdefgh', 'abcdefgh-ijkl']);

    expect(redact('abcdefgh-ijkl abcdefgh')).toBe(`${SECRET} ${SECRET}`);
  });

  it('leaves words alone that a short secret is a part of, and takes it where it is a value', () => {
    const redact = makeRedactor(['a', 'the', '', ' ']);

    expect(redact('the cat and a hat')).toBe('the cat and a hat');
    expect(redact('pass=the x:"a"')).toBe(`pass=${SECRET} x:"${SECRET}"`);
  });

  it('never changes a text without a secret in it', () => {
    const redact = makeRedactor(['correct-horse-battery', 'xkcd.com/936?token=staple']);
    fc.assert(
      fc.property(fc.lorem({ maxCount: 40, mode: 'sentences' }), (text) => {
        expect(redact(text)).toBe(text);
      }),
    );
  });

  it.each([
    ...['a', 'eyJ', 'eyJ-', 'eyJa.', '://', '://a@', 'token=', '?token', '"key" : ', 'key\\"'],
    ...['Bearer ', 'authorization: ', 'a.', 'abcd-', 'whsec_', '/webhooks/123456789012345678/'],
    ...['abcdefghijklmnopqrstuvwx.', '%3Fkey%3D', ' ', '\\"', 'aaaaaaaaaaaaaaaaaaaa'],
  ])('takes time in proportion to the length of a text of “%s”', (unit) => {
    const redact = makeRedactor(['aaaaaaaaaaaaaaaaaaaab', 'eyJeyJeyJeyJ://token=']);
    const repeat = (length: number): string => unit.repeat(Math.ceil(length / unit.length));

    expect(findExponent(repeat, redact, 100_000, 400_000)).toBeLessThan(LINEAR_AT_MOST);
  });
});

describe('redactShapes', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkaWQifQ.c2lnbmF0dXJl_-x';
  it.each([
    ['GET https://user:p%40ss@host.org/a failed', `GET https://${SECRET}@host.org/a failed`],
    ['https://user:p@ss@host.org/', `https://${SECRET}@host.org/`],
    [
      'at https://h.org/x?a=1&access_token=abc.def#b',
      `at https://h.org/x?a=1&access_token=${SECRET}#b`,
    ],
    [
      'https://h.org/?api_key=1 and ?token=2',
      `https://h.org/?api_key=${SECRET} and ?token=${SECRET}`,
    ],
    ['to=https%3A%2F%2Fh.org%3Ftoken%3Dabc', `to=https%3A%2F%2Fh.org%3Ftoken%3D${SECRET}`],
    ['Authorization: Bearer abc', `Authorization: ${SECRET}`],
    ['{"authorization":"Bot abc"}', `{"authorization":"${SECRET}"}`],
    ['sent Bearer ZA-Yj3aBBBBBBBBBBBB', `sent Bearer ${SECRET}`],
    ['{"accessJwt":"abc","did":"d"}', `{"accessJwt":"${SECRET}","did":"d"}`],
    ['"{\\"password\\":\\"abc\\"}"', `"{\\"password\\":\\"${SECRET}\\"}"`],
    [
      'PATCH /api/v10/webhooks/123456789012345678/aW50-x_y/messages/@original',
      `PATCH /api/v10/webhooks/123456789012345678/${SECRET}/messages/@original`,
    ],
    [
      '/interactions/123456789012345678/aW50ZXJhY3Rpb24/callback',
      `/interactions/123456789012345678/${SECRET}/callback`,
    ],
    [`the token ${jwt} ran out`, `the token ${SECRET} ran out`],
    ['not “abcd-ef2h-ijkl-mnop”', `not “${SECRET}”`],
    ['secret whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', `secret ${SECRET}`],
  ])('%s', (text, expected) => {
    expect(redactShapes(text)).toBe(expected);
    expect(redactShapes(expected)).toBe(expected);
  });

  it.each([
    'https://mastodon.social/@someone and https://medium.com/@a/b',
    'Bot the builder, a Bearer of news, Token budgets',
    'long-term-data-sets',
    'https://example.org/p?page=2&keyword=attention&monkey=1',
    'the token: a unit of text; key: value',
    'connect ECONNREFUSED 127.0.0.1:8080',
    'at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3mabcdefghijk',
  ])('leaves “%s” as it is', (text) => {
    expect(redactShapes(text)).toBe(text);
  });

  it('leaves addresses in an issue as they are sent, and takes out what nobody writes there', () => {
    const image = 'https://firebasestorage.googleapis.com/v0/b/x/o/y.png?alt=media&token=1f-2e';

    expect(redactShapes(image, true)).toBe(image);
    expect(redactShapes(jwt, true)).toBe(SECRET);
  });
});

describe('redactWords', () => {
  it('takes out what was made by chance, and leaves names, addresses, numbers and examples', () => {
    const token = 'fwW3ZflcxnfGcDqWaIBhTMAIwr5TNYdvFwlBCM7H6ig';
    const said = `BLUESKY_APP_PASSWORD and 1052345678901234567 in /home/somebody/a-long-name-of-a-folder-2026`;

    expect(redactWords(`Unrecognized key: "${token}"`)).toBe(`Unrecognized key: "${SECRET}"`);
    expect(redactWords('not “5f2d7b60c1e94a3fb8d2”')).toBe(`not “${SECRET}”`);
    expect(redactWords(said)).toBe(said);
  });
});

describe('redactValue', () => {
  it('reaches every text, and leaves numbers as they are', () => {
    const value = {
      n: 12345678,
      list: ['12345678', { deep: 'x 12345678' }],
      none: null,
      at: new Date(0),
    };

    expect(redactValue(value, makeRedactor(['12345678']))).toEqual({
      n: 12345678,
      list: [SECRET, { deep: `x ${SECRET}` }],
      none: null,
      at: '1970-01-01T00:00:00.000Z',
    });
  });
});
