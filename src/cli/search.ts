import { formatLikes } from '../../formatters/text/labels.ts';
import { en } from '../../formatters/voice/bot/en.ts';
import type { FindOptions } from '../archive/search/find.ts';
import type { Hit } from '../archive/search/read-hits.ts';
import type { Search } from '../archive/search/search.ts';
import { findName } from '../desk/list-topics.ts';
import { type SearchAnswer, search } from '../desk/search.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { CliContext, ExitCode } from './context.ts';
import { count, type Output } from './output.ts';
import { wrap } from './wrap.ts';

const INDENT = '  ';
const USUAL_LIMIT = 10;

/** What commander reads. */
export type SearchOptions = FindOptions & { readonly json?: boolean };

/** What is searched in, and what people call that. */
type Narrowed = { readonly options: FindOptions; readonly filters: readonly string[] };

/** `paperboy search QUERY…`; finding nothing is an answer, and no failure. */
export async function runSearch(
  { output, openSearch }: CliContext,
  words: readonly string[],
  { json, limit = USUAL_LIMIT, ...asked }: SearchOptions,
): Promise<ExitCode> {
  const query = words.join(' ').trim();
  if (query === '' && Object.keys(asked).length === 0) {
    throw new PaperboyError(
      'search.nothing-asked',
      'Cannot search as something must be asked for: there are neither words nor filters',
      'Give words, as in paperboy search distillation, or list by --topic, --organization, --from, --to or --pick.',
    );
  }
  const archive = await openSearch();
  await archive.refresh();
  const narrowed = narrow(archive, asked);
  if (typeof narrowed === 'string') {
    output.note(narrowed);
    if (json) output.json({ hits: [], total: 0 });
    return 0;
  }
  const { hits, total, elsewhere, near } = searchPages(archive, query, narrowed.options, limit);
  if (json) {
    output.json({ hits: hits.map(toJson), total });
    return 0;
  }
  if (total === 0) {
    output.note(en.nothingFound(query, narrowed.filters));
    if (elsewhere > 0) output.note(en.foundElsewhere(elsewhere));
    if (near.length > 0) output.note(en.near(near.join(' · ')));
    return 0;
  }
  for (const hit of hits) printHit(output, hit);
  const shown =
    hits.length < total ? `${hits.length} of ${total}; more with --limit` : count(total, 'hit');
  output.line(output.style('dim', shown));
  return 0;
}

/** The names as the archive has them; a sentence where no paper has such a name. */
function narrow(
  archive: Search,
  { topic, organization, ...others }: FindOptions,
): Narrowed | string {
  const desk = { search: archive };
  const on = topic === undefined ? undefined : findName(desk, 'topic', topic);
  const by = organization === undefined ? undefined : findName(desk, 'organization', organization);
  if (topic !== undefined && on === undefined) return `No paper has the topic “${topic}”.`;
  if (organization !== undefined && by === undefined) return en.noOrganization(organization);
  const { from, to, pick } = others;
  return {
    options: {
      ...others,
      ...(on === undefined ? {} : { topic: on.key }),
      ...(by === undefined ? {} : { organization: by.key }),
    },
    filters: [
      ...(on === undefined ? [] : [on.label]),
      ...(by === undefined ? [] : [by.label]),
      ...(from === undefined && to === undefined ? [] : [en.range(from, to)]),
      ...(pick === true ? [en.picksOnly] : []),
    ],
  };
}

/** Searches page by page until there are as many hits as are wanted. */
function searchPages(
  archive: Search,
  query: string,
  options: FindOptions,
  limit: number,
): SearchAnswer {
  const find = (offset: number): SearchAnswer =>
    search({ search: archive }, query, { ...options, offset, limit: limit - offset });
  const first = find(0);
  const hits = [...first.hits];
  while (hits.length < Math.min(limit, first.total)) {
    const more = find(hits.length).hits;
    if (more.length === 0) break;
    hits.push(...more);
  }
  return { ...first, hits };
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
