import { describe, expect, it } from 'vitest';
import {
  formatLikes,
  formatPeriod,
  listLabels,
  makeHashtag,
} from '../../../formatters/text/labels.ts';

describe('formatLikes', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1k'],
    [1_049, '1k'],
    [1_050, '1.1k'],
    [4_300, '4.3k'],
    [34_000, '34k'],
    [99_949, '99.9k'],
    [99_950, '100k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [2_500_000, '2.5M'],
    [12_300_000, '12.3M'],
  ])('writes %i as %s', (likes, shown) => {
    expect(formatLikes(likes)).toBe(shown);
  });
});

describe('formatPeriod', () => {
  it.each([
    ['2026-04-01', '2026-04-07', 'Apr 1 – 7, 2026'],
    ['2026-01-26', '2026-02-02', 'Jan 26 – Feb 2, 2026'],
    ['2025-12-29', '2026-01-04', 'Dec 29, 2025 – Jan 4, 2026'],
    ['2025-01-29', '2026-01-04', 'Jan 29, 2025 – Jan 4, 2026'],
    ['2026-04-01', '2026-04-01', 'Apr 1, 2026'],
  ])('writes %s to %s as %s', (start, end, shown) => {
    expect(formatPeriod({ start, end })).toBe(shown);
  });
});

describe('makeHashtag', () => {
  it.each([
    ['LLM Scaling Law', 'LLMScalingLaw'],
    ['Data filtering', 'DataFiltering'],
    ['mixture-of-experts', 'MixtureOfExperts'],
    ['RL', 'RL'],
    ['3D vision', '3DVision'],
    ['größe', 'Größe'],
    ['e\u0301tude', 'Étude'],
    ['注意力', '注意力'],
    ['R&D / tools!', 'RDTools'],
  ])('writes "%s" in CamelCase as #%s', (topic, tag) => {
    expect(makeHashtag(topic)).toBe(tag);
  });

  it.each(['', '2026', '!!!', '🎉', 'x'.repeat(61)])('makes no hashtag of "%s"', (topic) => {
    expect(makeHashtag(topic)).toBeUndefined();
  });
});

describe('listLabels', () => {
  const paper = {
    slug: 'a',
    title: 'A',
    byline: { text: '', authors: [], etAl: false, organizations: [] },
    topics: [],
    body: [],
  };

  it('lists likes, topics and the pick in this order', () => {
    const labels = listLabels({ ...paper, likes: 882, pick: true }, ['#A', '#B']);

    expect(labels).toEqual(['♥ 882', '#A', '#B', '⭐ Editor’s pick']);
  });

  it('lists nothing where nothing is known', () => {
    expect(listLabels({ ...paper, pick: false }, [])).toEqual([]);
  });
});
