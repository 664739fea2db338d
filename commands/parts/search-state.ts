import {
  findHashed,
  findName,
  hashName,
  type Name,
  type NameKind,
} from '../../src/desk/list-topics.ts';
import type { Ask } from '../command.ts';

/** What is searched for, and where. */
export type Wanted = {
  readonly query: string;
  readonly topic: Name | undefined;
  readonly organization: Name | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly pick: boolean;
};

/**
 * The longest query in UTF-16 units. In a state, numbers and names take at most 28 characters:
 * three for the page, four for each issue, five for each name.
 */
export const QUERY_MOST = 60;

/** A page of a search in a state: "2.2l.2u.1.x7Gq0..moe". */
export function writeSearch(wanted: Wanted, page: number): string {
  const write = (number: number | undefined): string => number?.toString(36) ?? '';
  const hash = (name: Name | undefined): string => (name === undefined ? '' : hashName(name.key));
  return [
    write(page),
    write(wanted.from),
    write(wanted.to),
    wanted.pick ? '1' : '',
    hash(wanted.topic),
    hash(wanted.organization),
    wanted.query,
  ].join('.');
}

const NUMBER = '([0-9a-z]{0,4})';
const NAME = '([\\w-]{5})?';
const STATE = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}\\.(1?)\\.${NAME}\\.${NAME}\\.(.*)$`,
  's',
);

/** Reads it again; undefined for another text, or where a name is gone from the archive. */
export function readSearch(
  { desk }: Ask,
  state: string,
): { readonly wanted: Wanted; readonly page: number } | undefined {
  const found = STATE.exec(state);
  if (found === null) return undefined;
  const [, page = '', from, to, pick, topic, organization, query = ''] = found;
  const read = (text: string | undefined): number | undefined =>
    text === undefined || text === '' ? undefined : Number.parseInt(text, 36);
  const named = { topic: find('topic', topic), organization: find('organization', organization) };
  if ((topic && !named.topic) || (organization && !named.organization)) return undefined;
  return {
    wanted: { query, ...named, from: read(from), to: read(to), pick: pick === '1' },
    page: read(page) ?? 1,
  };

  function find(kind: NameKind, hash: string | undefined): Name | undefined {
    return hash === undefined ? undefined : findHashed(desk, kind, hash);
  }
}

/** Reads the options of /search; the name of the filter that nothing has, where there is one. */
export function readWanted({ desk, options }: Ask): Wanted | { readonly unknown: NameKind } {
  const name = (kind: NameKind): Name | undefined =>
    options[kind] === undefined ? undefined : findName(desk, kind, String(options[kind]));
  const wanted = {
    query: clip(String(options.query ?? '').trim()),
    topic: name('topic'),
    organization: name('organization'),
    from: options.from === undefined ? undefined : Number(options.from),
    to: options.to === undefined ? undefined : Number(options.to),
    pick: options.pick === true,
  };
  for (const kind of ['topic', 'organization'] as const) {
    if (options[kind] !== undefined && wanted[kind] === undefined) return { unknown: kind };
  }
  return wanted;
}

/** Whole characters: a half of one is none. */
function clip(query: string): string {
  return query
    .toWellFormed()
    .slice(0, QUERY_MOST)
    .replace(/[\uD800-\uDBFF]$/, '');
}
