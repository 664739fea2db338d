import { expect, test } from 'vitest';
import { parseExposition } from './parse-exposition.ts';

const GAUGE = '# HELP g A gauge.\n# TYPE g gauge\n';
const COUNTER = '# HELP c_total A counter.\n# TYPE c_total counter\n';
const HISTOGRAM = '# HELP h A histogram.\n# TYPE h histogram\n';

test('what is well formed is read, escapes and all', () => {
  const text = `# HELP g One\\nand \\\\ two.\n# TYPE g gauge\ng{a="x\\"\\\\\\n,}",b=""} 1.5\ng -Inf\n`;

  const family = parseExposition(text).get('g');

  expect(family?.help).toBe('One\nand \\ two.');
  expect(family?.samples).toEqual([
    { name: 'g', labels: { a: 'x"\\\n,}', b: '' }, value: 1.5 },
    { name: 'g', labels: {}, value: Number.NEGATIVE_INFINITY },
  ]);
});

test.each([
  ['no end of the last line', `${GAUGE}g 1`],
  ['a sample before its type', `g 1\n`],
  ['a type without help', `# TYPE g gauge\ng 1\n`],
  ['help twice', `${GAUGE}g 1\n${GAUGE}g{a="1"} 2\n`],
  ['a series twice', `${GAUGE}g{a="1",b="2"} 1\ng{b="2",a="1"} 1\n`],
  ['a label twice', `${GAUGE}g{a="1",a="2"} 1\n`],
  ['a sample of another metric', `${GAUGE}other 1\n`],
  ['a quote that is not escaped', `${GAUGE}g{a="x"y"} 1\n`],
  ['an unknown escape', `${GAUGE}g{a="\\t"} 1\n`],
  ['no number', `${GAUGE}g one\n`],
  ['no value', `${GAUGE}g\n`],
  ['a counter with no total', '# HELP c A counter.\n# TYPE c counter\nc 1\n'],
  ['a counter below zero', `${COUNTER}c_total -1\n`],
  ['no last bucket', `${HISTOGRAM}h_bucket{le="1"} 1\nh_sum 1\nh_count 1\n`],
  ['a count of its own', `${HISTOGRAM}h_bucket{le="+Inf"} 1\nh_sum 1\nh_count 2\n`],
  [
    'buckets that shrink',
    `${HISTOGRAM}h_bucket{le="1"} 3\nh_bucket{le="+Inf"} 2\nh_sum 1\nh_count 2\n`,
  ],
])('%s is refused', (_, text) => {
  expect(() => parseExposition(text)).toThrow();
});
