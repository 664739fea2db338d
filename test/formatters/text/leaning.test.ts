import { describe, expect, it } from 'vitest';
import { findNeeds, type Sentence } from '../../../formatters/text/leaning.ts';
import {
  findRule,
  POINTS_AHEAD,
  POINTS_BACK,
  POOR_ENDS,
  STANDS_ALONE,
} from '../../../formatters/text/leaning-rules.ts';
import { findExponent, LINEAR_AT_MOST } from '../../support/find-exponent.ts';

const tables = { STANDS_ALONE, POINTS_BACK, POINTS_AHEAD, POOR_ENDS };
const rows = Object.entries(tables).flatMap(([name, table]) =>
  table.map((rule) => ({ table, rule, title: `${name}: ${rule.name}` })),
);

describe('the rules of leaning', () => {
  it.each(rows)('$title', ({ table, rule }) => {
    expect(findRule(rule.example, table)).toBe(rule);
    if (rule.counter !== undefined) expect(findRule(rule.counter, table)).toBeUndefined();
  });

  it.each(['both ', 'and a both ', 'the two ', 'a, too', 'model is called ', '(a) '])(
    'take time in proportion to a sentence of “%s”',
    (part) => {
      const make = (count: number): string => `A ${part.repeat(count)}`;
      const run = (text: string): void => {
        for (const table of Object.values(tables)) findRule(text, table);
      };

      expect(findExponent(make, run, 4_000, 40_000)).toBeLessThan(LINEAR_AT_MOST);
    },
  );
});

describe('findNeeds', () => {
  const need = (...texts: string[]): number[][] =>
    findNeeds(
      texts.map((text, index): Sentence => ({ text, piece: 0, isFirstOfPiece: index === 0 })),
      'Paper Wings',
    );

  it('needs the sentence that spoke of what is acted on', () => {
    const explained = 'Folding a kite takes long.';
    const between = 'Children like kites.';

    expect(need(explained, between, 'RibKite speeds up the folding.')[2]).toEqual([0]);
    expect(need(explained, between, 'RibKite skips the folding and uses glue.')[2]).toEqual([0]);
  });

  it.each([
    ['has a phrase of its own', 'RibKite speeds up the folding of maps.'],
    ['is in the title', 'RibKite tears the wings.'],
    ['was never spoken of', 'RibKite skips the glue.'],
    ['is told of by a command', 'Skip the folding, and glue holds.'],
  ])('needs nothing where it %s', (_why, text) => {
    expect(need('Folding wings takes long.', 'Children like kites.', text)[2]).toEqual([]);
  });
});
