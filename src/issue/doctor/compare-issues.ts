import type { Block, Issue, Paper } from '../schema.ts';
import { countCommon, matchPapers, readBlocks } from './match-papers.ts';

/** What a revision changed: in a paper, or in the rest of the issue. */
export type Change = {
  readonly part: 'issue' | 'paper';
  readonly kind: 'added' | 'removed' | 'changed';
  /** Of the issue or the paper, as it is now; of a removed paper, as it was. */
  readonly title: string;
  /** Of a paper. */
  readonly slug?: string;
  /** What is other than before, one phrase each. */
  readonly details: readonly string[];
};

/** Says what a revision changed, the issue first, then paper by paper. Pure. */
export function compareIssues(before: Issue, after: Issue): Change[] {
  const changes: Change[] = [];
  const details = compareRest(before, after);
  if (details.length > 0) {
    changes.push({ part: 'issue', kind: 'changed', title: after.title, details });
  }
  const matched = matchPapers(before, after);
  for (const paper of after.papers) {
    const old = matched.get(paper);
    const { title, slug } = paper;
    if (old === undefined) {
      changes.push({ part: 'paper', kind: 'added', title, slug, details: [] });
      continue;
    }
    const changed = comparePapers(old, paper);
    if (changed.length > 0) {
      changes.push({ part: 'paper', kind: 'changed', title, slug, details: changed });
    }
  }
  const kept = new Set(matched.values());
  for (const paper of before.papers) {
    if (kept.has(paper)) continue;
    const { title, slug } = paper;
    changes.push({ part: 'paper', kind: 'removed', title, slug, details: [] });
  }
  if (isReordered(before, [...matched.values()])) {
    const order = 'the papers are in another order';
    changes.unshift({ part: 'issue', kind: 'changed', title: after.title, details: [order] });
  }
  return changes;
}

function compareRest(before: Issue, after: Issue): string[] {
  const period = ({ period: { start, end } }: Issue): string => `${start} to ${end}`;
  return [
    ...tell('the title', before.title, after.title),
    ...tell('the subtitle', before.subtitle, after.subtitle),
    ...tell('the period', period(before), period(after)),
    ...tell('the link', before.url, after.url),
    ...compareOwnText(before, after),
    ...count('news line', before.news.map(toText), after.news.map(toText)),
    ...count('promotion', before.promotions.map(toText), after.promotions.map(toText)),
  ];
}

function comparePapers(before: Paper, after: Paper): string[] {
  const part = (paper: Paper, isPart: (block: Block) => boolean): string[] =>
    readBlocks(paper.body.filter(isPart));
  const isFigure = (block: Block): boolean => block.kind === 'figure';
  const isText = (block: Block): boolean => !isFigure(block);
  const texts = count('paragraph', part(before, isText), part(after, isText));
  const figures = count('figure', part(before, isFigure), part(after, isFigure));
  const isSameBody = toText(before.body) === toText(after.body);
  const isMoved = !isSameBody && texts.length === 0 && figures.length === 0;
  return [
    ...tell('the title', before.title, after.title),
    ...tell('the slug', before.slug, after.slug),
    ...tell('the byline', before.byline.text, after.byline.text),
    ...(before.byline.text === after.byline.text && toText(before.byline) !== toText(after.byline)
      ? ['the byline is read in another way']
      : []),
    ...tell('likes', before.likes, after.likes),
    ...tell('the topics', before.topics.join(', '), after.topics.join(', ')),
    ...tell('the link', before.url, after.url),
    ...(before.pick === after.pick
      ? []
      : [after.pick ? 'is the editor’s pick now' : 'is the editor’s pick no more']),
    ...texts,
    ...figures,
    ...(isMoved ? ['figures stand in other places'] : []),
    ...compareOwnText(before, after),
  ];
}

type OwnText = Pick<Issue, 'ownText'>;

function compareOwnText({ ownText: before = {} }: OwnText, { ownText: after = {} }: OwnText) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((platform) => {
    if (before[platform] === after[platform]) return [];
    const how = after[platform] === undefined ? 'is gone' : 'is new';
    return [`the own text for ${platform} ${how}`];
  });
}

function tell(
  what: string,
  before: string | number | undefined,
  after: string | number | undefined,
): string[] {
  const say = (value: string | number | undefined): string =>
    value === undefined || value === ''
      ? 'none'
      : typeof value === 'number'
        ? `${value}`
        : `“${value}”`;
  return before === after ? [] : [`${what}: ${say(before)} → ${say(after)}`];
}

/** "2 of 6 paragraphs changed", "1 figure added". */
function count(what: string, before: readonly string[], after: readonly string[]): string[] {
  const some = (n: number): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  const changed = Math.min(before.length, after.length) - countCommon(before, after);
  const added = after.length - before.length;
  const isMoved = changed === 0 && added === 0 && toText(before) !== toText(after);
  return [
    ...(changed > 0 ? [`${changed} of ${some(before.length)} changed`] : []),
    ...(added > 0 ? [`${some(added)} added`] : []),
    ...(added < 0 ? [`${some(-added)} removed`] : []),
    ...(isMoved ? [`the ${what}s are in another order`] : []),
  ];
}

function isReordered(before: Issue, kept: readonly Paper[]): boolean {
  const order = kept.map((paper) => before.papers.indexOf(paper));
  return order.some((at, index) => index > 0 && at < (order[index - 1] ?? 0));
}

function toText(value: unknown): string {
  return JSON.stringify(value);
}
