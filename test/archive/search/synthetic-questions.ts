import type { Issue, Paper } from '../../../src/issue/schema.ts';
import { makeRandom } from '../../support/make-archive.ts';
import type { Expectation } from './relevance-table.ts';

const PAPERS = 40;

/**
 * Questions whose answer is known by how the archive was made: a paper with a coined name that no
 * other has, asked for by that name as people type it. The same for the same seed.
 */
export function askArchive(issues: readonly Issue[], seed: number): Expectation[] {
  const random = makeRandom(seed);
  const all = issues.flatMap(({ number, papers }) => papers.map((paper) => ({ number, paper })));
  const named = all.filter(({ paper }) =>
    /^[A-Z][a-z]{6,9}(?:Bench|LM|Net|Former): /.test(paper.title),
  );
  const count = (begin: string): number =>
    all.filter(({ paper }) => paper.title.toLowerCase().startsWith(begin)).length;
  const chosen: typeof named = [];
  while (chosen.length < PAPERS && named.length > 0) {
    const [one] = named.splice(Math.floor(random() * named.length), 1);
    const name = one === undefined ? '' : nameOf(one.paper).toLowerCase();
    if (one !== undefined && count(name.slice(0, 7)) === 1) chosen.push(one);
  }
  return chosen.flatMap(({ number, paper }) =>
    makeQueries(paper, random).map((query) => ({ query, first: `${number}/${paper.slug}` })),
  );
}

function makeQueries(paper: Paper, random: () => number): string[] {
  const name = nameOf(paper);
  const [last = ''] = paper.title.split(' ').slice(-1);
  const [author = ''] = paper.byline.authors;
  return [
    name,
    name.toUpperCase(),
    misspell(name.toLowerCase(), random),
    name.slice(0, 7),
    `${name.replace(/(?=Bench|LM|Net|Former)/, ' ')}`,
    `${author.normalize('NFD').replace(/\p{M}/gu, '')} ${name}`,
    `the paper about ${name} for ${last}`,
    paper.title.replace(/[-:]/g, ' ').toLowerCase(),
  ];
}

function nameOf({ title }: Paper): string {
  return title.slice(0, title.indexOf(':'));
}

/** One letter left out, put in twice, or swapped with the next; never the first. */
function misspell(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 3));
  const kind = Math.floor(random() * 3);
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) return word.slice(0, at + 1) + word.slice(at);
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}
