import type { Finding } from '../finding.ts';
import { findBareUrls } from './bare-urls.ts';
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

/** What stands before an address of the paper: "Paper: https://…". */
const OWN_LABEL = /\b((?:paper|preprint|arxiv|pdf|project page|website|abstract)) ?[:(–—-] ?$/i;

type Candidate = { readonly url: string; readonly trust: number; readonly words: string };

/**
 * The paper's own address: the most trusted kind of all links and addresses in its title, its byline
 * and its text, in this order among equals. In the text one counts where its words say that it is
 * the paper, or where it leads to a place where papers are kept; the latter is a doubt if others
 * could be meant.
 */
export function findPaperUrl(
  head: readonly (Passage | undefined)[],
  body: readonly Passage[],
  findings: Finding[],
): string | undefined {
  const inHead = head.flatMap((passage) => (passage === undefined ? [] : linksOf(passage)));
  const inBody = body.flatMap(linksOf);
  const sure = [...inHead, ...inBody.filter(({ words }) => OWN_WORDS.test(words))];
  const kept = inBody.filter(({ trust }) => trust < PROJECT);
  const best = mostTrusted([...sure, ...kept]);
  if (best === undefined || sure.includes(best)) return best?.url;
  const others = new Set([...sure, ...kept].map(({ url }) => url)).size - 1;
  if (others > 0) findings.push(linkDoubtful(head[0]?.line ?? 1, best.url, others));
  return best.url;
}

/** True for a link to a paper, by where it leads or by what it says. */
export function isPaperLink(url: string, words: string): boolean {
  return candidate(url, words).some(({ trust }) => trust < PROJECT) || OWN_WORDS.test(words);
}

/** An address of a paper on arXiv as that of its abstract; any other as it is. */
export function toAbstract(url: string): string {
  const id = ARXIV.exec(url)?.[1];
  return id === undefined ? url : `https://arxiv.org/abs/${id}`;
}

function linksOf({ runs }: Passage): Candidate[] {
  return runs.flatMap(({ url, text, isCode }) => {
    if (url !== undefined) return candidate(url, text.slice(0, 100));
    if (isCode) return [];
    return findBareUrls(text).flatMap((bare) => {
      const words = OWN_LABEL.exec(text.slice(0, bare.start).slice(-60))?.[1];
      return candidate(bare.url, words ?? '');
    });
  });
}

function candidate(raw: string, words: string): Candidate[] {
  const clean = cleanUrl(raw);
  if (clean === undefined) return [];
  const url = toAbstract(clean);
  const found = HOSTS.findIndex((host) => host.test(url));
  return [{ url, trust: found < 0 ? PROJECT : found, words }];
}

function mostTrusted(candidates: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (best === undefined || candidate.trust < best.trust) best = candidate;
  }
  return best;
}
