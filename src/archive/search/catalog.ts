import type { SqliteConnection } from '../../database/open-sqlite.ts';

/** The parts of a head in their order. */
export const TITLE = 0;
export const AUTHORS = 3;
export const PARTS = 4;
/** What stands between two names of a head; no word has this id. */
export const GAP = 0;

/**
 * What ranking needs to know of every document, as numbers: about 150 bytes each. Documents are in
 * the order of ties: the newest issue first, papers before news.
 */
export type Catalog = {
  readonly generation: number;
  readonly count: number;
  /** Every place. */
  readonly all: Int32Array;
  readonly ids: Int32Array;
  readonly issues: Int32Array;
  readonly isPaper: Uint8Array;
  readonly isPick: Uint8Array;
  /** What newness and likes add among equals: 0 to 255. */
  readonly bonus: Uint8Array;
  /** The words of all heads; part p of document d is from `parts[4 d + p]` to `parts[4 d + p + 1]`. */
  readonly words: Int32Array;
  readonly parts: Uint32Array;
  /** The place of a document by its id; -1 for an id that is none. */
  readonly places: Int32Array;
  /** No word has a higher id. */
  readonly lastWord: number;
};

type Row = [
  id: number,
  issue: number,
  kind: string,
  likes: number | null,
  pick: number,
  head: Uint8Array,
];

/** An issue that is so many weeks older than the newest has half of what newness adds. */
const HALF_AGE_ISSUES = 26;
/** So many likes are all that likes add. */
const MOST_LIKES = 100_000;

/** Reads the catalogue; some tens of milliseconds for 10,000 papers. */
export function readCatalog(sqlite: SqliteConnection, generation: number): Catalog {
  const sizes = sqlite
    .prepare<[], [count: number, newest: number, lastId: number, headBytes: number]>(
      `SELECT count(*), coalesce(max(issue_number), 0), coalesce(max(id), 0),
         coalesce(sum(length(head)), 0) FROM search_documents`,
    )
    .raw()
    .get();
  const [count, newest, lastId, headBytes] = sizes ?? [0, 0, 0, 0];
  const size = headBytes / 4 - count * PARTS;
  const lastWord =
    sqlite.prepare<[], number>('SELECT coalesce(max(id), 0) FROM search_terms').pluck().get() ?? 0;
  // One row after another: all of them at once would take many times the memory of the catalogue.
  const rows = sqlite
    .prepare<[], Row>(
      `SELECT id, issue_number, kind, likes, pick, head FROM search_documents
       ORDER BY issue_number DESC, kind DESC, position`,
    )
    .raw()
    .iterate();
  const catalog = {
    generation,
    count,
    all: Int32Array.from({ length: count }, (_, place) => place),
    ids: new Int32Array(count),
    issues: new Int32Array(count),
    isPaper: new Uint8Array(count),
    isPick: new Uint8Array(count),
    bonus: new Uint8Array(count),
    words: new Int32Array(size),
    parts: new Uint32Array(count * PARTS + 1),
    places: new Int32Array(lastId + 1).fill(-1),
    lastWord,
  };
  let at = 0;
  let place = 0;
  for (const [id, issue, kind, likes, pick, head] of rows) {
    catalog.ids[place] = id;
    catalog.places[id] = place;
    catalog.issues[place] = issue;
    catalog.isPaper[place] = kind === 'paper' ? 1 : 0;
    catalog.isPick[place] = pick;
    catalog.bonus[place] = weigh(newest - issue, likes ?? 0);
    const ids = readHead(head);
    for (let part = 0; part < PARTS; part += 1) {
      catalog.parts[place * PARTS + part] = at;
      at += ids[part] ?? 0;
    }
    catalog.words.set(ids.subarray(PARTS), at - ids.length + PARTS);
    place += 1;
  }
  catalog.parts[count * PARTS] = at;
  return catalog;
}

function weigh(age: number, likes: number): number {
  const newness = 1 / (1 + age / HALF_AGE_ISSUES);
  const liked = Math.min(1, Math.log1p(likes) / Math.log1p(MOST_LIKES));
  return Math.round(127.5 * (newness + liked));
}

/** A blob's bytes are little-endian, as are the machines that Node runs on; they may lie unaligned. */
function readHead(head: Uint8Array): Int32Array {
  const bytes = head.byteOffset % 4 === 0 ? head : new Uint8Array(head);
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}
