import fc from 'fast-check';
import { type Issue, issueSchema } from '../../../src/issue/schema.ts';

/** What trips readers of YAML, files and encodings up. */
const tricky = fc.constantFrom(
  'no',
  'on',
  'Null',
  '~',
  '1e3',
  '0x1F',
  '.inf',
  '2026-01-26',
  '- a',
  'a: b',
  'a #b',
  '#a',
  '"',
  "'",
  '|',
  '>-',
  '---',
  '...',
  '%YAML 1.1',
  '&a',
  '*a',
  '!!str a',
  '{a}',
  '[a]',
  ', ',
  '? ',
  '@a',
  '`a`',
  '\\n',
  ' a',
  'a ',
  '\ta',
  'a\t',
  '\n',
  '\na',
  'a\n',
  'a\n\n\nb',
  'a\n  b\n\tc\n \nd',
  'a\r\nb',
  '\0',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\udc00a',
  '\ud8bd\u0331',
  '\u202e',
  'e\u0301',
  '\u212b',
  '\u0338',
  '\u1112\u1161\u11ab',
  '日本語の見出し',
  '👨‍👩‍👧‍👦',
  'a long text of many words that goes on and on, so that it is folded to lines of some width',
  'a long text  with two blanks that goes on and on, so that it is folded to lines of some width  x',
  `x ${'y'.repeat(100)} z`,
);
const text = fc.oneof(
  tricky,
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof(tricky, fc.string({ unit: 'grapheme' })), { maxLength: 8 })
    .map((a) => a.join('')),
  fc
    .array(fc.oneof(tricky, fc.string({ unit: 'grapheme' })), { maxLength: 40 })
    .map((a) => a.join(' ')),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
const some = text.filter((value) => value !== '');
const url = fc.webUrl({ withQueryParameters: true, withFragments: true });
const likes = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const size = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 3 });
const day = fc
  .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const figure = fc.record(
  {
    kind: fc.constant('figure' as const),
    caption: some,
    imageUrl: url,
    alt: text,
    width: size,
    height: size,
  },
  { requiredKeys: ['kind'] },
);
const block = fc.oneof(
  figure,
  fc.record({ kind: fc.constantFrom('paragraph' as const, 'heading' as const), text: some }),
  fc.record({
    kind: fc.constant('list' as const),
    ordered: fc.boolean(),
    items: fc.array(some, { minLength: 1, maxLength: 3 }),
  }),
);
const paper = fc.record(
  {
    slug: fc.stringMatching(/^[a-z0-9]{1,9}(?:-[a-z0-9]{1,9}){0,3}$/),
    title: some,
    byline: fc.record({
      text,
      authors: few(some),
      etAl: fc.boolean(),
      organizations: few(some),
    }),
    likes,
    topics: few(some),
    pick: fc.boolean(),
    url,
    body: few(block),
  },
  { requiredKeys: ['slug', 'title', 'byline', 'topics', 'pick', 'body'] },
);

/** Any issue that the schema allows. */
export const arbitraryIssue: fc.Arbitrary<Issue> = fc
  .record(
    {
      number: size,
      title: some,
      subtitle: some,
      period: fc.tuple(day, day).map((days) => {
        const [start, end] = days.sort();
        return { start, end };
      }),
      url,
      news: few(
        fc.record(
          { likes, text: some, figures: few(figure) },
          { requiredKeys: ['text', 'figures'] },
        ),
      ),
      papers: fc.uniqueArray(paper, { maxLength: 3, selector: ({ slug }) => slug }),
      promotions: few(fc.record({ title: text, text })),
    },
    { requiredKeys: ['number', 'title', 'period', 'news', 'papers', 'promotions'] },
  )
  .map((issue) => issueSchema.parse(issue));
