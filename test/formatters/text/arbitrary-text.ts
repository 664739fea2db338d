import fc from 'fast-check';
import type { Limit } from '../../../formatters/text/measure.ts';
import {
  bytes,
  codePoints,
  graphemes,
  makeMastodonMeasure,
  utf16Units,
  xWeight,
} from '../../../formatters/text/measure.ts';
import type { Prose, Span } from '../../../formatters/text/prose.ts';

/** A stretch of a generated text that no cut may go through if it fits into a post. */
export type Guarded = { readonly start: number; readonly end: number };

export type HardProse = { readonly prose: Prose; readonly guarded: readonly Guarded[] };

type Token = { readonly text: string; readonly kind: 'free' | 'guarded' | Span['kind'] };

const free = (text: string): Token => ({ text, kind: 'free' });
const guarded = (text: string): Token => ({ text, kind: 'guarded' });

const latinWord = fc.stringMatching(/^[a-z]{1,12}$/);
const sentence = fc
  .tuple(fc.array(latinWord, { minLength: 1, maxLength: 14 }), fc.constantFrom('.', '?', '!', ';'))
  .map(([words, end]) => `A${words.join(' ')}${end}`);
const han = fc.stringMatching(/^[一-龥]{1,40}[。，！]?$/);
const thai = fc.stringMatching(/^(?:สวัสดี|ภาษาไทย|วันนี้|แบบจำลอง){1,8}$/);
const arabic = fc.stringMatching(/^(?:مرحبا|بالعالم|نموذج|لغة){1,3}[؟.]?$/);
const family = fc.integer({ min: 1, max: 30 }).map((n) => '👨‍👩‍👧‍👦'.repeat(n));
const flags = fc.integer({ min: 1, max: 15 }).map((n) => '🇫🇷🇯🇵'.repeat(n));
const zalgo = fc.integer({ min: 1, max: 60 }).map((n) => `z${'\u0301\u0323'.repeat(n)}`);
const longWord = fc.integer({ min: 40, max: 900 }).map((n) => 'pneumono'.repeat(n).slice(0, n));
const url = fc
  .tuple(fc.stringMatching(/^[a-z]{3,10}$/), fc.oneof(fc.constant(0), fc.integer({ max: 4990 })))
  .map(
    ([host, n]) => `https://${host}.example/${'a?b=c&D.e/'.repeat(500).slice(0, Math.max(0, n))}`,
  );
const shortUrl = fc.stringMatching(/^[a-z]{1,8}$/).map((p) => `https://x.example/${p}?V=1.Q&z=2!K`);
const handle = fc.stringMatching(/^@[a-z]{1,8}\.bsky\.social$/);
const remoteHandle = fc.stringMatching(/^@[a-z]{1,8}@[a-z]{2,9}\.social$/);
const hashtag = fc.stringMatching(/^#[A-Z][a-z]{2,9}[A-Z][a-z]{1,5}$/);
const quantity = fc
  .tuple(
    fc.constantFrom('3.5', '1,024', '86', '0.37', '12'),
    fc.constantFrom('GB', 'ms', '%', 'kHz', 'million', 'tokens'),
  )
  .map((parts) => parts.join(' '));
const unbalanced = fc.constantFrom(
  '(',
  ')',
  '[',
  ']',
  '"',
  '“',
  '”',
  '((',
  ')"',
  '»',
  '‘',
  '「',
  '（',
);
const odd = fc.constantFrom(
  '\ud83d',
  '\udc00',
  '\u0000',
  '\u200b',
  '\u0301',
  '\u200d',
  '\u0600',
  '—',
  'a–b',
  '…',
  '3.14',
  'v1.2',
  'Node.JS',
  '*',
  '\\',
);
const words = fc.array(latinWord, { minLength: 1, maxLength: 5 }).map((list) => list.join(' '));
const endingWords = fc
  .array(latinWord, { minLength: 2, maxLength: 3 })
  .map((l) => `A${l.join('. B')}`);

const token: fc.Arbitrary<Token> = fc.oneof(
  { arbitrary: sentence.map(free), weight: 12 },
  { arbitrary: fc.oneof(han, thai, arabic).map(free), weight: 4 },
  { arbitrary: fc.oneof(family, flags, zalgo, longWord).map(free), weight: 3 },
  { arbitrary: fc.oneof(unbalanced, odd).map(free), weight: 3 },
  {
    arbitrary: fc.oneof(shortUrl, handle, remoteHandle, hashtag, quantity).map(guarded),
    weight: 4,
  },
  { arbitrary: url.map(guarded), weight: 1 },
  {
    arbitrary: fc
      .tuple(fc.oneof(words, endingWords), fc.constantFrom('link', 'code', 'strong', 'emphasis'))
      .map(([text, kind]): Token => ({ text, kind })),
    weight: 3,
  },
);

const blank = fc.oneof(
  { arbitrary: fc.constant(' '), weight: 10 },
  {
    arbitrary: fc.constantFrom('\u00a0', '  ', '\t', '\u3000', '\u2009', ' \u2003 ', '\ufeff'),
    weight: 1,
  },
  { arbitrary: fc.integer({ min: 2, max: 400 }).map((n) => ' '.repeat(n)), weight: 1 },
);

/** Text of every script and kind of trouble, with what in it must stay whole. */
export const hardProse: fc.Arbitrary<HardProse> = fc
  .array(fc.tuple(blank, token), { maxLength: 30 })
  .map((parts) => {
    let text = '';
    const spans: Span[] = [];
    const kept: Guarded[] = [];
    for (const [gap, { text: word, kind }] of parts) {
      text += gap;
      const range = { start: text.length, end: text.length + word.length };
      text += word;
      if (kind === 'link') spans.push({ kind, url: 'https://example.com/', ...range });
      else if (kind === 'code' || kind === 'strong' || kind === 'emphasis')
        spans.push({ kind, ...range });
      if (kind === 'guarded' || kind === 'link' || kind === 'code') kept.push(range);
    }
    return { prose: { text, spans }, guarded: kept };
  });

/** Any string at all, of any code units. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.string({
    unit: fc.constantFrom(
      'a',
      ' ',
      '.',
      '\u0301',
      '\u200d',
      '👩',
      '\u0600',
      '"',
      '(',
      '。',
      '\n',
      '🇫',
    ),
    maxLength: 200,
  }),
);

const mastodon = makeMastodonMeasure(23);

/** Several limits at once, from cramped to Bluesky's own; now and then X's or Mastodon's too. */
export const manyLimits: fc.Arbitrary<readonly Limit[]> = fc
  .tuple(
    fc.integer({ min: 5, max: 300 }),
    fc.integer({ min: 4, max: 3000 }),
    fc.integer({ min: 4, max: 2000 }),
    fc.constantFrom('neither', 'x', 'mastodon', 'both'),
    fc.integer({ min: 45, max: 500 }),
  )
  .map(([clusters, octets, points, network, weight]) => [
    ...(network === 'x' || network === 'both' ? [{ measure: xWeight, most: weight }] : []),
    ...(network === 'mastodon' || network === 'both' ? [{ measure: mastodon, most: weight }] : []),
    { measure: graphemes, most: clusters },
    { measure: bytes, most: octets },
    { measure: codePoints, most: points },
    { measure: utf16Units, most: points },
  ]);

/** X's and Mastodon's own limits, each alone. */
export const networkLimits: fc.Arbitrary<readonly Limit[]> = fc.constantFrom(
  [{ measure: xWeight, most: 280 }],
  [{ measure: xWeight, most: 60 }],
  [{ measure: mastodon, most: 500 }],
  [{ measure: mastodon, most: 60 }],
);

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Clusters as Node's own segmenter sees them, apart from the library under test. */
export function listClusters(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Measured without the code under test. */
export function isOver(text: string, limits: readonly Limit[]): boolean {
  return limits.some(({ measure, most }) => weigh(text, measure.unit) > most);
}

function weigh(text: string, unit: string): number {
  switch (unit) {
    case 'graphemes':
      return listClusters(text).length;
    case 'bytes':
      return new TextEncoder().encode(text).length;
    case 'code points':
      return [...text].length;
    case 'UTF-16 units':
      return text.length;
    case 'weighted characters':
      return weighX(text);
    case 'characters':
      return weighMastodon(text);
    default:
      throw new Error(`No independent measure for ${unit}`);
  }
}

const PLAIN_URL =
  /(?<![a-z0-9@#$])https?:\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}(?![a-z0-9-])(?:\/(?:[\w/.%!&=?-]*[\w/=])?)?/g;

/** Both platforms take nothing for a URL that is longer than this. */
const URL_LENGTH_MOST = 4088;
const shorten = (url: string): string => (url.length > URL_LENGTH_MOST ? url : 'u'.repeat(23));

function weighX(text: string): number {
  const characters = text.normalize().replace(PLAIN_URL, shorten);
  let sum = 0;
  for (const cluster of listClusters(characters)) {
    if (/^\p{RGI_Emoji}$/v.test(cluster)) sum += 2;
    else
      for (const one of cluster)
        sum += /[\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]/u.test(one) ? 1 : 2;
  }
  return sum;
}

function weighMastodon(text: string): number {
  const short = text
    .replace(PLAIN_URL, shorten)
    .replace(/(?<![=/\p{L}\p{N}_])(@\w+)@(?:[a-z0-9-]+\.)+[a-z]+/gu, '$1');
  return listClusters(short).length;
}

export const withoutBlanks = (text: string): string => text.replace(/\s+/g, '');
