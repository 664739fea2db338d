import { editProse } from './edit-prose.ts';
import type { Prose } from './prose.ts';

/** A blank that no line is broken at. */
const NO_BREAK = '\u00a0';
/** A longer formula may be broken. */
const ATOM_MOST = 30;

/** The numbered addresses of a plain text. */
export type Notes = {
  /** The text with "[1]" behind the words of each link; an address that is written out has none. */
  mark(prose: Prose): string;
  /** "[1] https://…", a line each. */
  list(): string;
};

/** Numbers addresses in the order in which they are met, from 1; the same address has one number. */
export function makeNotes(): Notes {
  const numbers = new Map<string, number>();
  return {
    mark(prose) {
      const { text } = prose;
      const links = prose.spans
        .filter((span) => span.kind === 'link')
        .filter(({ start, end, url }) => text.slice(start, end) !== url)
        .sort((a, b) => a.end - b.end);
      const edits = links.map(({ end, url }) => {
        const number = numbers.get(url) ?? numbers.size + 1;
        numbers.set(url, number);
        return { start: end, end, text: `${NO_BREAK}[${number}]` };
      });
      return editProse({ text: joinAtoms(prose), spans: [] }, edits).text;
    },
    list: () => [...numbers].map(([url, number]) => `[${number}] ${url}`).join('\n'),
  };
}

/** The text, with what is one thing to a reader kept on one line: a period, a formula. */
export function joinAtoms({ text, spans }: Prose): string {
  const atoms = spans.filter(({ kind, start, end }) => kind === 'atom' && end - start <= ATOM_MOST);
  return atoms.reduce(
    (joined, { start, end }) =>
      joined.slice(0, start) + text.slice(start, end).replaceAll(' ', NO_BREAK) + joined.slice(end),
    text,
  );
}
