import type { Catalog } from './catalog.ts';
import type { Group } from './expand-query.ts';
import { makeSnippet, type Snippet } from './make-snippet.ts';
import type { Field } from './rank.ts';
import { readWords } from './read-words.ts';

/** A paper or a news line that was found, with what a line or a card about it shows. */
export type Hit = {
  readonly issue: number;
  readonly kind: 'paper' | 'news';
  /** Of a news line "news-2": the second of its issue. */
  readonly slug: string;
  /** From 1 within its kind. */
  readonly position: number;
  /** Of a news line how it begins. */
  readonly title: string;
  /** Where in the title the words stand that were asked for. */
  readonly titleMarks: Snippet['marks'];
  readonly byline: string;
  readonly topics: readonly string[];
  readonly likes: number | undefined;
  readonly pick: boolean;
  readonly url: string | undefined;
  readonly isSample: boolean;
  /** The better the match, the higher: 1 is all words in a title. */
  readonly score: number;
  readonly field: Field;
  readonly snippet: Snippet;
};

/** A row of the table of documents with its text. */
export type DocumentRow = {
  readonly issue_number: number;
  readonly kind: 'paper' | 'news';
  readonly slug: string;
  readonly position: number;
  readonly title: string;
  readonly byline: string;
  readonly topics: string;
  readonly likes: number | null;
  readonly pick: number;
  readonly url: string | null;
  readonly is_sample: number;
  readonly body: string;
};

const NO_SNIPPET: Snippet = { text: '', marks: [] };

/** Reads what is shown of the documents at these places, in this order. */
export function readHits(
  readDocument: (id: number) => DocumentRow | undefined,
  { ids }: Catalog,
  places: readonly { readonly place: number; readonly score: number; readonly field: Field }[],
  groups: readonly Group[],
  hasSnippets = true,
): Hit[] {
  const groupOf = listTerms(groups);
  const tellGroup = (term: string): number => groupOf.get(term) ?? -1;
  return places.flatMap(({ place, score, field }) => {
    const row = readDocument(ids[place] ?? 0);
    if (row === undefined) return [];
    return [
      {
        issue: row.issue_number,
        kind: row.kind,
        slug: row.slug,
        position: row.position,
        title: row.title,
        titleMarks: readWords(row.title)
          .filter(({ term }) => tellGroup(term) >= 0)
          .map(({ start, end }) => ({ start, end })),
        byline: row.byline,
        topics: JSON.parse(row.topics) as string[],
        likes: row.likes ?? undefined,
        pick: row.pick === 1,
        url: row.url ?? undefined,
        isSample: row.is_sample === 1,
        score,
        field,
        snippet: hasSnippets ? makeSnippet(row.body, tellGroup) : NO_SNIPPET,
      },
    ];
  });
}

/** Which part of the query each word of the index answers. */
function listTerms(groups: readonly Group[]): Map<string, number> {
  const terms = new Map<string, number>();
  groups.forEach(({ variants, phrases }, index) => {
    for (const { term } of [
      ...variants.map((variant) => variant.term),
      ...phrases.flatMap((phrase) => phrase.terms),
    ]) {
      if (!terms.has(term)) terms.set(term, index);
    }
  });
  return terms;
}
