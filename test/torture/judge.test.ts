import { describe, expect, it } from 'vitest';
import { joinThreads } from './join-threads.ts';
import { judge } from './judge.ts';

const post = (words: string, id: string = words) => ({ id, words });
const expected = new Map([
  ['P0001', ['P0001 a', 'P0001 b']],
  ['P0002', ['P0002 a', 'P0002 b']],
]);
const whole = [post('P0002 a'), post('P0002 b')];

describe('judge', () => {
  it('finds nothing wrong with a place that has every thread once', () => {
    const verdict = judge(expected, [[post('P0001 a'), post('P0001 b')], whole]);

    expect(verdict).toEqual({
      ...{ lost: [], double: [], torn: [], strange: 0 },
      posts: { expected: 4, found: 4 },
    });
  });

  it.each([
    ['no post at all', [], 'lost'],
    ['a post twice', [[post('P0001 a'), post('P0001 b'), post('P0001 b', 'again')]], 'double'],
    [
      'the thread twice',
      [
        [post('P0001 a'), post('P0001 b')],
        [post('P0001 a', '3'), post('P0001 b', '4')],
      ],
      'double',
    ],
    ['the first post alone', [[post('P0001 a')]], 'torn'],
    ['the posts in another order', [[post('P0001 b'), post('P0001 a')]], 'torn'],
    ['the posts not joined', [[post('P0001 a')], [post('P0001 b')]], 'torn'],
    ['a post with other words', [[post('P0001 a'), post('P0001 c')]], 'torn'],
  ] as const)('counts a paper with %s as %s', (_name, threads, fault) => {
    const verdict = judge(expected, [...threads, whole]);

    const { lost, double, torn } = verdict;
    expect({ lost, double, torn }).toEqual({ lost: [], double: [], torn: [], [fault]: ['P0001'] });
  });

  it('counts what was to be taken back, and posts of nobody', () => {
    const verdict = judge(new Map([['P0001', []]]), [[post('P0001 a')], [post('Hello.')]]);

    expect(verdict).toMatchObject({ torn: ['P0001'], strange: 1 });
  });
});

describe('joinThreads', () => {
  it('follows replies, and leaves alone what is not joined', () => {
    const reply = (id: string, parent?: string, root?: string) => ({
      ...post(id),
      parent,
      ...(root === undefined ? {} : { root }),
    });

    const threads = joinThreads([
      reply('1'),
      reply('2', '1', '1'),
      reply('also 2', '1', '1'),
      reply('3', '2', 'other'),
      reply('lost', 'gone'),
    ]);

    expect(threads.map((thread) => thread.map(({ id }) => id))).toEqual([
      ['1', '2'],
      ['also 2'],
      ['3'],
      ['lost'],
    ]);
  });
});
