import type { Issue, Paper } from '../../src/issue/schema.ts';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** 4300 as "4.3k", 882 as "882", 12.3 million as "12.3M": as short as a newsletter writes it. */
export function formatLikes(likes: number): string {
  const [unit, size] = likes >= 999_500 ? ['M', 1_000_000] : ['k', 1_000];
  if (likes < 1_000) return String(likes);
  const tenths = Math.round(likes / (size / 10));
  return `${tenths < 1_000 ? tenths / 10 : Math.round(likes / size)}${unit}`;
}

/** "Jan 26 – Feb 2, 2026", "Apr 1 – 7, 2026" or, over a new year, both years. */
export function formatPeriod({ start, end }: Issue['period']): string {
  const [startYear, startMonth, startDay] = start.split('-').map(Number);
  const [endYear, endMonth, endDay] = end.split('-').map(Number);
  const from = `${MONTHS[(startMonth ?? 1) - 1]} ${startDay}`;
  if (start === end) return `${from}, ${endYear}`;
  const until =
    startMonth === endMonth && startYear === endYear ? '' : `${MONTHS[(endMonth ?? 1) - 1]} `;
  return `${startYear === endYear ? from : `${from}, ${startYear}`} – ${until}${endDay}, ${endYear}`;
}

/** A topic as a hashtag in CamelCase, so that screen readers can read it: "LLMScalingLaw". */
export function makeHashtag(topic: string): string | undefined {
  const words = topic
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  const tag = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /\p{L}/u.test(tag) && [...tag].length <= 60 ? tag : undefined;
}

/** The line under the byline: likes, topics as the caller writes them, the editor's pick. */
export function listLabels(paper: Paper, topics: readonly string[]): string[] {
  return [
    ...(paper.likes === undefined ? [] : [`♥ ${formatLikes(paper.likes)}`]),
    ...topics,
    ...(paper.pick ? ['⭐ Editor’s pick'] : []),
  ];
}
