import { isOpaqueWrapper } from './wrappers.ts';

/** What campaigns, mailers and social networks add to an address; none of it names the page. */
const TRACKING =
  /^(?:utm_\w+|_?bhlid|_bhiiv|bhcl_id|fbclid|gclid|gbraid|wbraid|dclid|gclsrc|msclkid|twclid|ttclid|igshid|igsh|yclid|li_fat_id|mc_[ce]id|mkt_tok|_hsenc|_hsmi|__hs[a-z]+|vero_id|oly_(?:anon|enc)_id|ck_subscriber_id|last_resource_guid|jwt_token)$/i;
/** Where a redirect says in its own address where it leads. */
const TARGET = /^(?:url|u|redirect(?:_?(?:to|ur[li]))?|redir|target|dest(?:ination)?|goto|q|to)$/i;
/** Paths and hosts whose whole purpose is to lead elsewhere. */
const WRAPPER_PATH =
  /\/(?:redirect|redir|r|l(?:\.php)?|c|ss\/c|click|track(?:ing)?|out(?:bound)?|link|links|url|go|away(?:\.php)?|ls\/click|leaving|interstitial)\/?$/i;
const WRAPPER_HOST =
  /(?:^|\.)(?:l\.facebook\.com|lm\.facebook\.com|l\.instagram\.com|out\.reddit\.com|safelinks\.protection\.outlook\.com|slack-redir\.net|href\.li|link\.mail\.beehiiv\.com|flight\.beehiiv\.net)$/i;
/** Wrappers wrap each other; more of them than this is a trap. */
const MAX_WRAPPERS = 20;
/** No address that a person wrote is longer; browsers give up at about this length. */
const LONGEST_URL = 8_000;

/**
 * The absolute http(s) address that `raw` means, relative to `base` where one is given: without
 * tracking parameters, and out of a redirect that names its target in its own address. Undefined
 * for anything else (`mailto:`, `data:`, `javascript:`, a relative address without a base, one with
 * a password in it, a redirect that hides its target). Idempotent. Parameters that stay keep the
 * very characters they had.
 */
export function cleanUrl(raw: string, base?: string): string | undefined {
  const url = follow(raw, base);
  if (url === undefined || isOpaqueWrapper(url)) return undefined;
  removeTracking(url);
  return url.href;
}

/** True for a redirect that does not say where it leads: the private link of one subscriber. */
export function isWrapped(raw: string, base?: string): boolean {
  const url = follow(raw, base);
  return url !== undefined && isOpaqueWrapper(url);
}

/** The address at the end of all the redirects that can be read. */
function follow(raw: string, base?: string): URL | undefined {
  let url = parse(raw.trim(), base);
  for (let n = 0; url !== undefined && n < MAX_WRAPPERS; n += 1) {
    const target = unwrap(url);
    if (target === undefined) break;
    url = target;
  }
  return url;
}

function parse(raw: string, base?: string): URL | undefined {
  if (raw === '' || raw.length > LONGEST_URL) return undefined;
  const url = URL.parse(raw, base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined;
  return url.username === '' && url.password === '' ? url : undefined;
}

/** The target of a redirect, where its address states one in full. */
function unwrap(url: URL): URL | undefined {
  if (!WRAPPER_HOST.test(url.hostname) && !WRAPPER_PATH.test(url.pathname)) return undefined;
  for (const [name, value] of url.searchParams) {
    if (TARGET.test(name) && /^https?:\/\//i.test(value)) return parse(value);
  }
  return undefined;
}

/** Cuts by hand: `searchParams.delete` would write the other parameters anew. */
function removeTracking(url: URL): void {
  if (url.search === '') return;
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => !TRACKING.test(pair.split('=', 1)[0] ?? ''));
  url.search = kept.join('&');
}
