import { sha256 } from '../kit/ids.ts';
import type { BotDesk, Hit } from './bot-desk.ts';
import { guessName } from './guess-name.ts';

type Searching = Pick<BotDesk, 'search'>;
type Names = ReturnType<BotDesk['search']['listTopics']>;

/** A topic or an organization: as printed, as it is compared, and how many papers have it. */
export type Name = Names[number];
export type NameKind = 'topic' | 'organization';

/** A page of a list: from 1 to `pages`; the last one where a later one is asked for. */
export type Page<T> = {
  readonly page: number;
  readonly pages: number;
  /** How many there are in all, and how many stand on the pages before. */
  readonly total: number;
  readonly before: number;
  readonly entries: readonly T[];
};

/** Which stretch of so many entries a page is. */
export function findPage(asked: number, total: number, size: number): Omit<Page<never>, 'entries'> {
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(1, asked), pages);
  return { page, pages, total, before: (page - 1) * size };
}

/** A page of all topics, those of most papers first. */
export function listTopics({ search }: Searching, asked: number, size: number): Page<Name> {
  const all = search.listTopics();
  const place = findPage(asked, all.length, size);
  return { ...place, entries: all.slice(place.before, place.before + size) };
}

/** A page of the papers on a topic, the newest first. */
export function listTopicPapers(
  { search }: Searching,
  topic: string,
  asked: number,
  size: number,
): Page<Hit> {
  const find = (offset: number): ReturnType<typeof search.find> =>
    search.find('', { kind: 'paper', topic, offset, limit: size });
  const first = find(Math.max(0, asked - 1) * size);
  const place = findPage(asked, first.total, size);
  return { ...place, entries: place.page === asked ? first.hits : find(place.before).hits };
}

/**
 * Five characters that stand for a name where there is no room for it; the same for the same name.
 * Two names of a thousand share them once in two thousand archives.
 */
export function hashName(key: string): string {
  return Buffer.from(sha256(key), 'hex').toString('base64url').slice(0, 5);
}

/** The name that a suggestion's value or a member's own writing stands for, misspelt or abbreviated. */
export function findName(desk: Searching, kind: NameKind, asked: string): Name | undefined {
  const names = listNames(desk, kind);
  const [letter, folded] = [kind === 'topic' ? 't:' : 'o:', fold(asked)];
  return (
    names.find(({ key }) => asked === letter + key) ??
    names.find(({ key }) => fold(key) === folded) ??
    guessName(names, asked)
  );
}

/** The name behind five characters. */
export function findHashed(desk: Searching, kind: NameKind, hash: string): Name | undefined {
  return listNames(desk, kind).find(({ key }) => hashName(key) === hash);
}

/** Names that begin as typed, or have a word that does. */
export function suggestNames(
  desk: Searching,
  kind: NameKind,
  typed: string,
  most: number,
): readonly Name[] {
  const begun = fold(typed);
  const names = listNames(desk, kind);
  const first = names.filter(({ key }) => fold(key).startsWith(begun));
  const others = names.filter(
    ({ key, label }) =>
      !fold(key).startsWith(begun) &&
      label.split(/[\s-]+/).some((word) => fold(word).startsWith(begun)),
  );
  return [...first, ...others].slice(0, most);
}

function listNames({ search }: Searching, kind: NameKind): Names {
  return kind === 'topic' ? search.listTopics() : search.listOrganizations();
}

/** Without case, accents, blanks and hyphens. */
function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[\s\p{Pd}]+/gu, '');
}
