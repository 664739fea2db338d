import type { Finding } from '../finding.ts';
import { cleanUrl } from './clean-url.ts';
import { linkDoubtful } from './outline-findings.ts';
import type { Passage } from './passage.ts';

/** In the order of trust; a project's page is any other. */
const HOSTS: readonly RegExp[] = [
  /^https:\/\/arxiv\.org\/(?:abs|html)\/./i,
  /^https?:\/\/(?:www\.)?openreview\.net\/(?:forum|pdf)\?./i,
  /^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/papers\/./i,
  /^https?:\/\/(?:dx\.)?doi\.org\/10\../i,
];
const PROJECT = HOSTS.length;
const ARXIV =
  /^https?:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)\/((?:[a-z.-]+\/)?[\w.]+?)(?:\.pdf)?\/?$/i;
/** What a link to the paper itself says. */
const OWN_WORDS =
  /^\W*(?:(?:read|see|view) )?(?:(?:the|full|our|their) )*(?:paper|preprint|arxiv|pdf|project(?: page)?|website|abstract)(?: here)?\W*$/i;

type Candidate = { readonly url: string; readonly trust: number; readonly words: string };

/**
 * The paper's own address: the most trusted of the links in its title and byline and of those in
 * its text that say so; else the first to a place where papers are kept, with a doubt if there are
 * several.
 */
export function findPaperUrl(
  head: readonly (Passage | undefined)[],
  body: readonly Passage[],
  findings: Finding[],
): string | undefined {
  const inBody = body.flatMap(linksOf);
  const own = [
    ...head.flatMap((passage) => (passage === undefined ? [] : linksOf(passage))),
    ...inBody.filter(({ words }) => OWN_WORDS.test(words)),
  ];
  const named = mostTrusted(own);
  if (named !== undefined) return named.url;
  const known = inBody.filter(({ trust }) => trust < PROJECT);
  const others = new Set(known.map(({ url }) => url)).size - 1;
  const first = mostTrusted(known);
  if (first !== undefined && others > 0) {
    findings.push(linkDoubtful(head[0]?.line ?? 1, first.url, others));
  }
  return first?.url;
}

/** An address of a paper on arXiv as that of its abstract; any other as it is. */
export function toAbstract(url: string): string {
  const id = ARXIV.exec(url)?.[1];
  return id === undefined ? url : `https://arxiv.org/abs/${id}`;
}

function linksOf({ runs }: Passage): Candidate[] {
  return runs.flatMap(({ url: raw, text }) => {
    const clean = raw === undefined ? undefined : cleanUrl(raw);
    if (clean === undefined) return [];
    const url = toAbstract(clean);
    const found = HOSTS.findIndex((host) => host.test(url));
    return [{ url, trust: found < 0 ? PROJECT : found, words: text.slice(0, 100) }];
  });
}

function mostTrusted(candidates: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (best === undefined || candidate.trust < best.trust) best = candidate;
  }
  return best;
}
