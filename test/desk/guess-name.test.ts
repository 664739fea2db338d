import { expect, test } from 'vitest';
import { foldName } from '../../src/archive/search/read-words.ts';
import { guessName } from '../../src/desk/guess-name.ts';

const TOPICS = [
  'MoE',
  'Quantization',
  'Large Language Models',
  'RLHF',
  'Gemma 4',
  'Agents',
  'Planning',
  'Scanning',
];
const names = TOPICS.map((label) => ({ key: foldName(label), label }));

test.each([
  ['mixture of experts', 'MoE'],
  ['Mixture-of-Expert', 'MoE'],
  ['quantisation', 'Quantization'],
  ['Quantizaton', 'Quantization'],
  ['LLM', 'Large Language Models'],
  ['LLMs', 'Large Language Models'],
  ['agent', 'Agents'],
  ['reinforcement learning from human feedback', 'RLHF'],
])('%s means %s', (asked, label) => {
  expect(guessName(names, asked)?.label).toBe(label);
});

test.each(['', '💥', 'RL', 'MoD', 'Gemma 3', 'quant', 'knitting', 'slanning'])(
  '%j means none of them, or may mean several',
  (asked) => {
    expect(guessName(names, asked)).toBeUndefined();
  },
);
