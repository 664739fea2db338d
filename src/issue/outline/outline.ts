import type { Finding } from '../finding.ts';

/**
 * What a page, a mail, a feed's entry and a clipped Markdown file have in common: blocks in order,
 * told by what they are and not by how they look. Every structured format is read into this first.
 */
export type Outline = {
  readonly nodes: readonly OutlineNode[];
  /** Facts that stand outside the text: front matter, `<title>`, a canonical link, a feed's entry. */
  readonly title?: string;
  readonly url?: string;
  /** The number. */
  readonly number?: number;
  /** When it was published, by which the year of a period without one is told. */
  readonly publishedAt?: Date;
  /** What could not be kept, or only in another form: nothing an author wrote goes untold. */
  readonly lost?: readonly Finding[];
};

/** Takes the finding for something that an outline cannot keep as it was. */
export type Lost = (finding: Finding) => void;

/** A block, with the line (and column, from 1) of the source where it begins. */
export type OutlineNode = {
  readonly line: number;
  readonly column?: number;
} & (
  | { readonly kind: 'heading'; readonly level: number; readonly inline: readonly Inline[] }
  | {
      readonly kind: 'paragraph';
      readonly inline: readonly Inline[];
      /** Never the caption of an image above it: a term, a row of a table, a line of code. */
      readonly isApart?: boolean;
    }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly items: readonly (readonly Inline[])[];
      /** The line where each item begins, where the source tells. */
      readonly itemLines?: readonly number[];
    }
  | {
      readonly kind: 'image';
      /** Missing for an image that is no http(s) address. */
      readonly url?: string;
      readonly alt?: string;
      /** In pixels, where the source states them. */
      readonly width?: number;
      readonly height?: number;
      /** Where a click on the image leads: promotions often are linked images. */
      readonly link?: string;
      /** Where the markup itself says so (`figcaption`, the host's caption cells). */
      readonly caption?: readonly Inline[];
    }
  | { readonly kind: 'rule' }
);

/** Text within a block. `url` of a link is absolute http(s), without tracking parameters. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly inline: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly inline: readonly Inline[] };
