import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanUrl, isWrapped } from '../../src/issue/outline/clean-url.ts';

test.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['  HTTPS://Example.ORG/A  ', 'https://example.org/A'],
  ['https://example.org/?utm_source=x&utm_medium=email&id=7', 'https://example.org/?id=7'],
  ['https://example.org/a?UTM_Campaign=x', 'https://example.org/a'],
  ['https://example.org/a?fbclid=1&gclid=2&mc_cid=3&mc_eid=4#top', 'https://example.org/a#top'],
  ['https://example.org/a?_bhlid=1&q=%C3%BC+b', 'https://example.org/a?q=%C3%BC+b'],
  ['https://example.org/a?ref=home&source=x', 'https://example.org/a?ref=home&source=x'],
  ['https://www.google.com/url?q=https://example.org/a&sa=D', 'https://example.org/a'],
  [
    'https://news.example.com/redirect?url=https%3A%2F%2Fexample.org%2Fa%3Futm_source%3Dx',
    'https://example.org/a',
  ],
  ['https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F', 'https://example.org/'],
  [
    'https://a.example/r?url=https%3A%2F%2Fb.example%2Fr%3Furl%3Dhttps%253A%252F%252Fc.example%252F',
    'https://c.example/',
  ],
  [
    'https://example.org/login?redirect=https://example.org/a',
    'https://example.org/login?redirect=https://example.org/a',
  ],
  [
    'https://example.org/redirect?url=javascript:alert(1)',
    'https://example.org/redirect?url=javascript:alert(1)',
  ],
  ['mailto:a@example.org', undefined],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['https://user:secret@example.org/', undefined],
  ['/p/one', undefined],
  ['https://', undefined],
  ['', undefined],
])('cleanUrl makes of %s: %s', (raw, expected) => {
  expect(cleanUrl(raw)).toBe(expected);
});

test.each([
  'https://link.mail.beehiiv.com/ss/c/u001.AbC/4kk/h7/h001.qq',
  'https://flight.beehiiv.net/v2/clicks/eyJhbGciOi.abc',
  'https://weekly.beehiiv.com/ss/c/u001.AbC',
  'https://link.mail.example.org/ss/c/u001.AbC',
  'https://substack.com/redirect/5f2a?j=eyJ1Ijoi',
  'https://name.us7.list-manage.com/track/click?u=1&id=2&e=3',
  'https://mailchi.mp/track/click?u=1',
  'https://u123.ct.sendgrid.net/ls/click?upn=abc',
  'https://click.convertkit-mail.com/abc/def',
  'https://ckarchive.com/b/abc',
  'https://email.mg.example.org/c/eJxabc',
  'https://example.org/redirect?url=https%3A%2F%2Fu1.ct.sendgrid.net%2Fx',
])('cleanUrl gives no address for %s, which hides where it leads', (raw) => {
  expect(cleanUrl(raw)).toBeUndefined();
  expect(isWrapped(raw)).toBe(true);
});

test.each([
  'https://link.mail.example.org/ss/c/?url=https%3A%2F%2Fexample.org%2Fa',
  'https://flight.beehiiv.net/v2/clicks/abc?url=https%3A%2F%2Fexample.org%2Fa',
])('cleanUrl reads the target of %s', (raw) => {
  expect(cleanUrl(raw)).toBe('https://example.org/a');
  expect(isWrapped(raw)).toBe(false);
});

test.each([
  'https://substack.com/@name',
  'https://weekly.beehiiv.com/p/one',
  'https://name.us7.list-manage.com/subscribe?u=1',
  'mailto:a@example.org',
])('cleanUrl takes %s for no wrapper', (raw) => {
  expect(isWrapped(raw)).toBe(false);
});

test.each([
  ['/p/one?utm_source=x', 'https://news.example.org/p/one'],
  ['//cdn.example.org/a.png', 'https://cdn.example.org/a.png'],
  ['#part', 'https://news.example.org/p/issue#part'],
])('cleanUrl takes %s from the page where it stands', (raw, expected) => {
  expect(cleanUrl(raw, 'https://news.example.org/p/issue')).toBe(expected);
});

test('cleanUrl is idempotent, gives http(s) alone and never throws', () => {
  const raw = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.webUrl(), fc.string()).map(([url, value]) => `${url}?utm_x=1&url=${value}`),
    fc.webUrl().map((url) => `https://a.example/redirect?url=${encodeURIComponent(url)}`),
  );

  fc.assert(
    fc.property(raw, fc.option(fc.string(), { nil: undefined }), (text, base) => {
      const url = cleanUrl(text, base);
      if (url === undefined) return;
      expect(url).toMatch(/^https?:\/\//);
      expect(cleanUrl(url)).toBe(url);
    }),
    { numRuns: 1_000 },
  );
});
