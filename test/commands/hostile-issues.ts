import { type Issue, issueSchema, type Paper } from '../../src/issue/schema.ts';
import { makeSlug } from '../../src/issue/slug.ts';

const LONG = 'Überaus lang '.repeat(60).trim();
const EVIL = [
  '@everyone @here <@223456789012345678> <#1> <@&2> **bold** __u__ ~~s~~ ||spoiler|| `code`',
  '[click](https://x.example) <https://x.example> https://x.example/a_b_c :smile: <:a:1> <t:0:R>',
  '# heading\n- list\n> quote\n```js\nblock\n```',
  `${'𝕏'.repeat(700)}`,
  `a${'\u0301'.repeat(900)}`,
  '\u202Egnp.exe \u0000\u0007 \u200B\u200D',
  '*'.repeat(600),
  '\\'.repeat(300),
  '👨‍👩‍👧‍👦'.repeat(300),
  '$\\frac{a}{b}$ and $$x_{1}^{2}$$',
];

/** Issues that nobody would print: too long, too many, too odd; and an empty one. */
export function makeHostileIssues(): Issue[] {
  return [
    makeHostile(1, []),
    makeHostile(
      2,
      EVIL.map((text, n) => makePaper(`${n}`, { title: text, text })),
    ),
    makeHostile(
      3,
      Array.from({ length: 100 }, (_, n) =>
        makePaper(`many-${n}`, {
          title: `${n} ${LONG}`,
          topics: [
            `Topic number ${n} ${n % 3 === 0 ? LONG : ''}`.trim(),
            '@everyone',
            EVIL[n % 10] ?? '',
          ],
          organizations: [LONG, `Org ${n}`],
          url: `https://papers.example/${'x'.repeat(n * 30)}`,
        }),
      ),
    ),
    makeHostile(4, [makePaper('blank', { title: '\u00AD', byline: '', text: '\u200B' })]),
  ];
}

function makeHostile(number: number, papers: readonly Paper[]): Issue {
  return issueSchema.parse({
    number,
    title: EVIL[number] ?? LONG,
    subtitle: LONG,
    period: { start: '2026-11-16', end: '2026-11-23' },
    ...(number % 2 === 0
      ? { url: `https://x.example/?${'q'.repeat(number === 2 ? 300 : 3000)}` }
      : {}),
    news:
      number === 1 ? [] : [...EVIL, LONG].map((text) => ({ likes: 10 ** 9, text, figures: [] })),
    papers,
    promotions: [],
  });
}

function makePaper(
  seed: string,
  parts: {
    readonly title: string;
    readonly text?: string;
    readonly topics?: readonly string[];
    readonly organizations?: readonly string[];
    readonly url?: string;
    readonly byline?: string;
  },
): Paper {
  const { title, text = LONG, topics = [EVIL[0] ?? ''], organizations = [] } = parts;
  return {
    slug: makeSlug(`${seed} ${title}`, () => false),
    title,
    byline: {
      text: parts.byline ?? LONG,
      authors: [LONG],
      etAl: true,
      organizations: [...organizations],
    },
    likes: 123_456_789,
    topics: [...topics],
    pick: true,
    ...(parts.url === undefined ? {} : { url: parts.url }),
    body: [{ kind: 'paragraph', text }],
  };
}
