import type { Issue, Period } from '../schema.ts';

/** What older issues say, for the doctor to compare with. */
export type Known = { readonly issues: readonly KnownIssue[] };

export type KnownIssue = {
  readonly number: number;
  readonly period: Period;
  readonly papers: readonly KnownPaper[];
};

export type KnownPaper = {
  readonly title: string;
  readonly organizations: readonly string[];
  readonly topics: readonly string[];
  /** The title and, where its link tells, the arXiv id: what two entries of one paper share. */
  readonly marks: readonly string[];
};

/** What the doctor remembers of an issue. */
export function summarizeIssue({ number, period, papers }: Issue): KnownIssue {
  return {
    number,
    period,
    papers: papers.map(({ title, url, topics, byline: { organizations } }) => ({
      title,
      organizations,
      topics,
      marks: markPaper({ title, url }),
    })),
  };
}

const ARXIV =
  /^https?:\/\/(?:(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)|(?:www\.)?(?:huggingface\.co|hf\.co|alphaxiv\.org)\/(?:papers|abs|overview))\/(\d{4}\.\d{4,5}|[a-z.-]+\/\d{7})/i;
/** Shorter titles are words such as "Memory", which two papers may share. */
const SHORTEST_TITLE = 8;

/** What two entries of one paper have in common: the folded title, the arXiv id. */
export function markPaper(paper: {
  readonly title: string;
  readonly url?: string | undefined;
}): string[] {
  const title = foldTitle(paper.title);
  const id = ARXIV.exec(paper.url ?? '')?.[1]?.toLowerCase();
  return [
    ...(title.length < SHORTEST_TITLE ? [] : [`title ${title}`]),
    ...(id === undefined ? [] : [`arXiv ${id}`]),
  ];
}

/** A title without case, accents, blanks and punctuation. */
export function foldTitle(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
