import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { graphemes, measure } from '../../../formatters/text/measure.ts';
import { plainProse } from '../../../formatters/text/prose.ts';
import { type Piece, splitThread } from '../../../formatters/text/split-thread.ts';
import { summarize } from '../../../formatters/text/summary.ts';
import { importIssue } from '../../../src/issue/import-issue.ts';
import type { Paper } from '../../../src/issue/schema.ts';

const LIMITS = [{ measure: graphemes, most: 300 }];
/** What a link and its line take of a post. */
const LINK_ROOM = 32;
const ROOT = new URL('../../../', import.meta.url);

function listSamples(): Paper[] {
  return ['issue-093.txt', 'issue-102.txt'].flatMap((name) => {
    const bytes = readFileSync(new URL(`issues/${name}`, ROOT));
    const { issue } = importIssue(bytes, { name, now: new Date('2026-07-01'), year: 2026 });
    return issue?.papers ?? [];
  });
}

const join = (pieces: readonly Piece[], separator: string): string =>
  pieces.map(({ prose }) => prose.text).join(separator);

function chooseBrief({ title, body }: Paper): Piece[] {
  return summarize(body, title, (pieces) => {
    const text = `${title}\n\n${join(pieces, '\n\n')}`;
    return measure(text, graphemes) + LINK_ROOM <= 300;
  });
}

function chooseThread({ title, body }: Paper): Piece[] {
  const head = { prose: plainProse(title), separator: '\n\n', keepWithNext: true };
  return summarize(body, title, (pieces) => splitThread([head, ...pieces], LIMITS).length <= 3);
}

describe('the samples', () => {
  it.each(listSamples().map((paper) => [paper.title, paper] as const))(
    'show in docs/summaries.md what is chosen of “%s”',
    (title, paper) => {
      const page = readFileSync(new URL('docs/summaries.md', ROOT), 'utf8');
      const quote = (pieces: readonly Piece[]): string => `> ${join(pieces, '\n>\n> ')}\n`;

      const shown = `### ${title}\n\nIn one post:\n\n${quote(chooseBrief(paper))}\nIn three:\n\n${quote(chooseThread(paper))}`;

      expect(page).toContain(shown);
    },
  );
});
