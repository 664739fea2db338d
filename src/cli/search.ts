import { formatLikes } from '../../formatters/text/labels.ts';
import type { FindOptions } from '../archive/search/find.ts';
import type { Hit } from '../archive/search/read-hits.ts';
import { search } from '../desk/search.ts';
import type { CliContext, ExitCode } from './context.ts';
import { count, type Output } from './output.ts';
import { wrap } from './wrap.ts';

/** What commander reads. */
export type SearchOptions = FindOptions & { readonly json?: boolean };

const INDENT = '  ';

/** `paperboy search QUERY…`; finding nothing is an answer, and no failure. */
export async function runSearch(
  { output, openSearch }: CliContext,
  words: readonly string[],
  { json, ...options }: SearchOptions,
): Promise<ExitCode> {
  const archive = await openSearch();
  await archive.refresh();
  const query = words.join(' ');
  const { hits, total, near } = search({ search: archive }, query, options);
  if (json) {
    output.json({ hits: hits.map(toJson) });
    return 0;
  }
  if (total === 0) {
    output.note(`Nothing found for “${query}”.`);
    if (near.length > 0) output.note(`Near it: ${near.join(' · ')}`);
    return 0;
  }
  for (const hit of hits) printHit(output, hit);
  const shown =
    hits.length < total ? `${hits.length} of ${total}; more with --limit` : count(total, 'hit');
  output.line(output.style('dim', shown));
  return 0;
}

function toJson(hit: Hit): object {
  const { issue, slug, title, score, kind, byline, topics, likes, pick, url, field, snippet } = hit;
  return {
    issue,
    slug,
    title,
    score,
    kind,
    byline,
    topics,
    likes: likes ?? null,
    pick,
    url: url ?? null,
    isSample: hit.isSample,
    field,
    snippet: snippet.text,
  };
}

function printHit(output: Output, hit: Hit): void {
  const { style } = output;
  const label = hit.kind === 'news' ? 'News' : hit.byline;
  const notes = [
    ...(label === '' ? [] : [label]),
    ...(hit.likes === undefined ? [] : [`♥ ${formatLikes(hit.likes)}`]),
    ...hit.topics,
    ...(hit.pick ? [style('yellow', '⭐ Editor’s pick')] : []),
    ...(hit.isSample ? ['sample'] : []),
  ];
  output.line(`${style('bold', hit.title)} ${style('dim', `#${hit.issue}`)}`);
  output.line(`${INDENT}${notes.join(' · ')}`);
  if (hit.snippet.text !== '') output.line(wrap(INDENT + highlight(output, hit.snippet), INDENT));
  output.line();
}

/** Words that were asked for stand out, where a terminal can show it. */
function highlight({ style }: Output, { text, marks }: Hit['snippet']): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of marks) {
    shown += text.slice(at, start) + style(['bold', 'cyan'], text.slice(start, end));
    at = end;
  }
  return shown + text.slice(at);
}
