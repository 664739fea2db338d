import { stringify } from 'yaml';
import type { Random } from './random.ts';

/** A paper as it is written into the source of an issue; `version` counts its corrections. */
export type YearPaper = {
  readonly slug: string;
  readonly version: number;
  readonly likes: number;
  readonly pick: boolean;
};

export type YearIssue = {
  readonly number: number;
  readonly period: { readonly start: string; readonly end: string };
  /** The versions of its lines; none for an issue without news. */
  readonly news: readonly number[];
  readonly papers: readonly YearPaper[];
};

const ADJECTIVES = ['Patient', 'Folded', 'Quiet', 'Brittle', 'Twofold', 'Shallow', 'Late'] as const;
const NOUNS = ['Lanterns', 'Ledgers', 'Harbours', 'Orchards', 'Tides', 'Looms', 'Sieves'] as const;
const TOPICS = ['Quantization', 'Distillation', 'Agents', 'Reasoning'] as const;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Issue `number` of the week that begins on a Monday: three to eight papers, most with news. */
export function makeIssue(random: Random, number: number, monday: Date): YearIssue {
  const count = random.between(3, 8);
  const pick = random.between(0, count - 1);
  return {
    number,
    period: {
      start: monday.toISOString().slice(0, 10),
      end: new Date(monday.getTime() + 6 * DAY_MS).toISOString().slice(0, 10),
    },
    news: random.isLucky(0.8) ? Array.from({ length: random.between(1, 3) }, () => 1) : [],
    papers: Array.from({ length: count }, (_, index) => ({
      slug: `p${number}-${index + 1}`,
      version: 1,
      // Few different numbers, so that some are alike.
      likes: random.between(0, 6) * 50,
      pick: index === pick,
    })),
  };
}

/** The words that tell a paper's text of one version from all others. */
export function markPaper({ slug, version }: Pick<YearPaper, 'slug' | 'version'>): string {
  return `wording ${slug}v${version}.`;
}

/** The source of an issue as an editor writes it. */
export function writeIssue({ number, period, news, papers }: YearIssue): string {
  return stringify({
    number,
    title: `The Weekly Sieve ${number}`,
    subtitle: `What week ${number} left behind`,
    period,
    news: news.map((version, index) => ({
      likes: 10 * (index + 1),
      text: `A lab opened house ${number}n${index}v${version}`,
    })),
    papers: papers.map((paper) => {
      const [week = 0, place = 0] = paper.slug.slice(1).split('-').map(Number);
      return {
        slug: paper.slug,
        title: `${ADJECTIVES[(week + place) % 7]} ${NOUNS[(week * 3 + place) % 7]} ${paper.slug}`,
        byline: 'Mao et al. [Institute of Sieves]',
        likes: paper.likes,
        topics: [TOPICS[(week + place) % 4]],
        pick: paper.pick,
        url: `https://papers.test/${paper.slug}`,
        body: [`It sorts what it is given, and this is its ${markPaper(paper)}`],
      };
    }),
  });
}
