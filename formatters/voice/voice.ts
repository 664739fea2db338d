import type { Period } from '../../src/issue/schema.ts';

/**
 * The lines of fixed words, which an editor may override. Each is a template of one line; what its
 * placeholders may be stands in `template.ts`.
 */
export type TemplateName =
  | 'title'
  | 'byline'
  | 'labels'
  | 'closing'
  | 'entry'
  | 'newsLine'
  | 'issueDigest'
  | 'newsDigest'
  | 'topicDigest'
  | 'monthDigest'
  /** The end of a digest of one issue, and of several. */
  | 'digestClosing'
  | 'severalClosing';

/** The wording of the fixed parts in one language. */
export type Voice = {
  /** BCP 47. */
  readonly language: string;
  readonly templates: { readonly [Name in TemplateName]: string };
  /** The words that stand alone. */
  readonly words: {
    /** "Editor’s pick" */
    readonly pick: string;
    /** A heading of a digest: "News", "Papers". */
    readonly news: string;
    readonly papers: string;
    /** Names of buttons and links. */
    readonly readPaper: string;
    readonly readIssue: string;
    /** "Issue", before its number. */
    readonly issue: string;
    /** "paper 2 of 4", "part 1 of 3". */
    paperOf(position: number, count: number): string;
    partOf(index: number, count: number): string;
    /** What a figure without caption or alternative text is called: "Figure from the paper". */
    readonly figure: string;
  };
  /** "Jan 26 – Feb 2, 2026" */
  formatPeriod(period: Period): string;
  /** "February 2026" */
  formatMonth(month: string): string;
  /** 4300 as "4.3k": behind a heart. */
  formatLikes(likes: number): string;
  /** 4300 as "4.3k likes": where there is no heart. */
  nameLikes(likes: number): string;
  /** Authors' names: "Rathi and Radford", "Xin et al.". */
  listNames(authors: readonly string[], etAl: boolean): string;
};
