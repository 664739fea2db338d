import { parseProse } from '../../../formatters/text/prose.ts';
import type { Block, Issue } from '../../issue/schema.ts';
import { findLinkKeys, makeLinkKey } from './link-keys.ts';
import { foldName, readTerms } from './read-words.ts';

export type NameKind = 'topic' | 'organization' | 'author';

/** A paper or a news line as the index keeps it. */
export type SearchDocument = {
  readonly kind: 'paper' | 'news';
  readonly position: number;
  readonly slug: string;
  readonly title: string;
  readonly byline: string;
  readonly topics: readonly string[];
  readonly organizations: readonly string[];
  readonly authors: readonly string[];
  readonly likes: number | undefined;
  readonly pick: boolean;
  readonly url: string | undefined;
  readonly body: string;
  readonly links: readonly DocumentLink[];
};

export type DocumentLink = { readonly key: string; readonly isOwn: boolean };

/** The longest title made of a news line, in characters. */
const LONGEST_TITLE = 90;

/** What of an issue can be found: its papers, then its news. Pure. */
export function makeDocuments(issue: Issue): SearchDocument[] {
  const papers = issue.papers.map((paper, index): SearchDocument => {
    const parts = paper.body.flatMap(readBlock);
    const own = paper.url === undefined ? undefined : makeLinkKey(paper.url);
    return {
      kind: 'paper',
      position: index + 1,
      slug: paper.slug,
      title: paper.title,
      byline: paper.byline.text,
      topics: paper.topics,
      organizations: paper.byline.organizations,
      authors: paper.byline.authors,
      likes: paper.likes,
      pick: paper.pick,
      url: paper.url,
      body: joinTexts(parts),
      links: joinLinks(own, parts),
    };
  });
  const news = issue.news.map((line, index): SearchDocument => {
    const main = readProse(line.text);
    const parts = [main, ...line.figures.flatMap(readBlock)];
    return {
      kind: 'news',
      position: index + 1,
      slug: `news-${index + 1}`,
      title: clip(main.text),
      byline: '',
      topics: [],
      organizations: [],
      authors: [],
      likes: line.likes,
      pick: false,
      url: undefined,
      body: joinTexts(parts),
      links: joinLinks(undefined, parts),
    };
  });
  return [...papers, ...news];
}

/** The names of a document, each once by its key. */
export function listNames(
  document: SearchDocument,
): { readonly kind: NameKind; readonly key: string; readonly label: string }[] {
  const of = (kind: NameKind, labels: readonly string[]) => [
    ...new Map(
      labels.map((label) => [foldName(label), { kind, key: foldName(label), label }]),
    ).values(),
  ];
  return [
    ...of('topic', document.topics),
    ...of('organization', document.organizations),
    ...of('author', document.authors),
  ];
}

/**
 * The words of its parts: of its title, before and after a colon, and of each name in its topics,
 * organizations, authors.
 */
export function readHead(document: SearchDocument): string[][][] {
  const { title, topics, organizations, authors } = document;
  const titles = document.kind === 'paper' ? title.split(/:\s/) : [];
  return [titles, topics, organizations, authors].map((names) => names.map(readTerms));
}

type Text = { readonly text: string; readonly links: readonly string[] };

function readBlock(block: Block): Text[] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return [readProse(block.text)];
    case 'list':
      return block.items.map(readProse);
    case 'figure':
      return block.caption === undefined ? [] : [readProse(block.caption)];
  }
}

function readProse(markdown: string): Text {
  const { text, spans } = parseProse(markdown);
  const urls = spans.flatMap((span) => (span.kind === 'link' ? [makeLinkKey(span.url)] : []));
  return {
    text: text.replace(/\s+/g, ' '),
    links: [...urls.filter((key) => key !== undefined), ...findLinkKeys(text)],
  };
}

function joinTexts(parts: readonly Text[]): string {
  return parts.map(({ text }) => text).join('\n');
}

function joinLinks(own: string | undefined, parts: readonly Text[]): DocumentLink[] {
  const others = new Set(parts.flatMap(({ links }) => links));
  if (own !== undefined) others.delete(own);
  return [
    ...(own === undefined ? [] : [{ key: own, isOwn: true }]),
    ...[...others].map((key) => ({ key, isOwn: false })),
  ];
}

/** The first sentence of a news line, or as many words of it as a title may have. */
function clip(text: string): string {
  const sentence = /^.{20,}?[.!?](?=\s|$)/u.exec(text)?.[0].replace(/[.]$/, '') ?? text;
  if (sentence.length <= LONGEST_TITLE) return sentence;
  const cut = sentence.slice(0, LONGEST_TITLE);
  return `${cut
    .slice(0, Math.max(cut.lastIndexOf(' '), 40))
    .trimEnd()
    .toWellFormed()}…`;
}
