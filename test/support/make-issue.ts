import { type Issue, issueSchema, type Paper } from '../../src/issue/schema.ts';
import { makeSlug } from '../../src/issue/slug.ts';

/** An issue with a paper of each title, "Alpha" and "Beta" without any. */
export function makeIssue(
  parts: {
    readonly number?: number;
    readonly title?: string;
    readonly subtitle?: string;
    readonly papers?: readonly string[];
    /** What every paper says. */
    readonly text?: string;
  } = {},
): Issue {
  const { number = 7, title = 'Small steps', papers = ['Alpha', 'Beta'] } = parts;
  return issueSchema.parse({
    number,
    title,
    ...(parts.subtitle === undefined ? {} : { subtitle: parts.subtitle }),
    period: { start: '2026-11-16', end: '2026-11-23' },
    news: [],
    papers: papers.map((name) => makePaper(name, parts.text)),
    promotions: [],
  });
}

function makePaper(title: string, text = 'It works, and it is simple.'): Paper {
  return {
    slug: makeSlug(title, () => false),
    title,
    byline: { text: 'Ito et al.', authors: ['Ito'], etAl: true, organizations: [] },
    topics: [],
    pick: false,
    body: [{ kind: 'paragraph', text }],
  };
}
