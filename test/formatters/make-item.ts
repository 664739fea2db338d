import { readFileSync } from 'node:fs';
import { listItems, type PaperItem } from '../../formatters/item.ts';
import { importIssue } from '../../src/issue/import-issue.ts';
import type { Block, Issue, Paper } from '../../src/issue/schema.ts';

/** The item of a paper of which nothing is known but what is given. */
export function makeItem(paper: Partial<Paper> = {}, issue: Partial<Issue> = {}): PaperItem {
  const whole: Paper = {
    slug: 'a-paper',
    title: 'A Paper',
    byline: { text: '', authors: [], etAl: false, organizations: [] },
    topics: [],
    pick: false,
    body: [],
    ...paper,
  };
  return {
    kind: 'paper',
    paper: whole,
    position: 1,
    count: 1,
    issue: {
      number: 7,
      title: 'An Issue',
      period: { start: '2026-04-01', end: '2026-04-07' },
      news: [],
      papers: [whole],
      promotions: [],
      ...issue,
    },
  };
}

export const paragraphs = (...texts: string[]): Block[] =>
  texts.map((text) => ({ kind: 'paragraph', text }));

export const bylineOf = (text: string): Paper['byline'] => ({
  text,
  authors: [],
  etAl: false,
  organizations: [],
});

/** The items of an issue's file; the clock stands still in the year of both issues. */
export function readItems(file: string | URL): PaperItem[] {
  const { issue } = importIssue(readFileSync(file), { now: new Date('2026-05-01T00:00:00Z') });
  if (issue === undefined) throw new Error(`No issue could be read from ${file}.`);
  return listItems(issue);
}
