import { cleanUrl } from '../../issue/outline/clean-url.ts';

/**
 * An arXiv id, new (since 2007) or old, with or without its version, alone or in an address of
 * arXiv, Hugging Face, alphaXiv or a DOI of arXiv. https://info.arxiv.org/help/arxiv_identifier.html
 */
const NEW_ARXIV = /(?<![\d.])(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d{1,2})?(?![\d])/;
const OLD_ARXIV =
  /(?:arxiv[.:]|arxiv\.org\/(?:abs|pdf|html)\/)\s?([a-z-]{2,12}(?:\.[a-z]{2})?\/\d{7})(?:v\d{1,2})?(?!\d)/i;
/** https://www.crossref.org/blog/dois-and-matching-regular-expressions/ */
const DOI = /(?<![\w.])(10\.\d{4,9}\/[-._;()/:a-z0-9]*[a-z0-9])/i;
const ARXIV_DOI = /^10\.48550\/arxiv\.(.+)$/i;
const URLS =
  /https?:\/\/[^\s<>"'`|\\^{}]+|(?<![\w@./-])(?:[a-z0-9-]+\.)+[a-z]{2,12}\/[^\s<>"'`|\\^{}]+/gi;
const PAPER_HOST = /(?:^|[./])(?:arxiv\.org|alphaxiv\.org|hf\.co|huggingface\.co)$/i;
/** A text with more addresses than this is no question. */
const MOST_URLS = 50;

/** The key under which one address is kept; undefined for what is no web address. */
export function makeLinkKey(url: string): string | undefined {
  const clean = cleanUrl(/^https?:\/\//i.test(url) ? url : `https://${url}`);
  if (clean === undefined) return undefined;
  const { hostname, pathname, search } = new URL(clean);
  const isPaperHost = PAPER_HOST.test(hostname);
  const old = isPaperHost ? OLD_ARXIV.exec(clean)?.[1] : undefined;
  const arxiv = isPaperHost ? (NEW_ARXIV.exec(pathname)?.[1] ?? old) : undefined;
  if (arxiv !== undefined) return `arxiv:${arxiv.toLowerCase()}`;
  const doi = DOI.exec(decode(pathname))?.[1];
  if (doi !== undefined) return makeDoiKey(doi);
  const host = hostname.replace(/^(?:www|m)\./, '');
  return `${host}${pathname.replace(/\/+$/, '')}${search}`;
}

/** The keys of all that a text links to or names by id, in its order, each once. */
export function findLinkKeys(text: string): string[] {
  const keys = new Set<string>();
  const rest = text.replace(URLS, (found) => {
    if (keys.size >= MOST_URLS) return ' ';
    const key = makeLinkKey(found.replace(/[).,;:!?\]*_]+$/, ''));
    if (key !== undefined) keys.add(key);
    return key === undefined ? found : ' ';
  });
  const arxiv = NEW_ARXIV.exec(rest)?.[1] ?? OLD_ARXIV.exec(rest)?.[1];
  if (arxiv !== undefined) keys.add(`arxiv:${arxiv.toLowerCase()}`);
  const doi = DOI.exec(rest)?.[1];
  if (doi !== undefined) keys.add(makeDoiKey(doi));
  return [...keys];
}

function makeDoiKey(doi: string): string {
  const arxiv = ARXIV_DOI.exec(doi)?.[1]?.replace(/v\d{1,2}$/, '');
  return arxiv === undefined ? `doi:${doi.toLowerCase()}` : `arxiv:${arxiv.toLowerCase()}`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
