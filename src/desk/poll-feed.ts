import { importEntry } from '../issue/feed/import-feed.ts';
import { type FeedEntry, readFeed } from '../issue/feed/read-feed.ts';
import { type Finding, hasErrors } from '../issue/finding.ts';
import { readDeclaredCharset } from '../issue/text/read-declared-charset.ts';
import { decodeSource } from '../issue/text/read-source.ts';
import { sha256 } from '../kit/ids.ts';
import type { FeedLedger, SeenEntry } from '../sources/feed-ledger.ts';
import type { Fetch, Fetched } from '../sources/fetch.ts';
import { type ImportDesk, type ImportResult, keepIssue, readInYear } from './import.ts';

/** A feed that is watched. */
export type WatchedFeed = {
  readonly url: string;
  readonly fetch: Fetch;
  readonly ledger: FeedLedger;
  /** A number from 0 up to 1: many Paperboys don't ask at the same instant. */
  readonly random: () => number;
};

/** What a changed entry came to. Those that are as they were are not in the news. */
export type EntryNews = {
  readonly title: string;
  /** A teaser has no issue in it. */
  readonly isStub: boolean;
  readonly result: ImportResult;
};

export type Polled =
  /** Its turn has not come. */
  | { readonly kind: 'waiting'; readonly nextAt: Date }
  | { readonly kind: 'polled'; readonly news: readonly EntryNews[]; readonly nextAt: Date }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly failures: number;
      readonly nextAt: Date;
    };

/** Nobody is asked more often, whatever happens. */
const SHORTEST_MS = 60_000;
const INTERVAL_MS = 10 * 60_000;
const LONGEST_MS = 6 * 60 * 60_000;
const JITTER = 0.25;

/**
 * Asks a feed if its turn has come, and keeps what is new or changed in it. An entry that was only
 * re-dated, published again or marked up anew is not imported twice; a changed one becomes the next
 * revision of its own issue, never of another's and never over an editor's correction. The validators are kept when everything is worked off, so a kill
 * at any point loses nothing.
 */
export async function pollFeed(
  desk: ImportDesk,
  feed: WatchedFeed,
  signal?: AbortSignal,
): Promise<Polled> {
  const { url, fetch, ledger } = feed;
  const id = sha256(url);
  const now = desk.clock.now();
  const turn = await ledger.take(id, now, addMs(now, SHORTEST_MS));
  if (turn === undefined) {
    return { kind: 'waiting', nextAt: (await ledger.readNextAt(id)) ?? addMs(now, SHORTEST_MS) };
  }
  const { etag, lastModified } = turn;
  const fetched = await fetch(url, { etag, lastModified, ...(signal ? { signal } : {}) });
  const wait = (ms: number): Date => addMs(desk.clock.now(), ms * (1 + JITTER * feed.random()));
  const fail = async (reason: string, atLeastMs = 0): Promise<Polled> => {
    // Being told to stop is no failure of the feed.
    const failures = signal?.aborted ? turn.failures : turn.failures + 1;
    const backoffMs = Math.min(SHORTEST_MS * 2 ** Math.min(failures - 1, 20), LONGEST_MS);
    const nextAt = wait(Math.max(backoffMs, Math.min(atLeastMs, LONGEST_MS), SHORTEST_MS));
    await ledger.settle(id, { nextAt, failures });
    return { kind: 'failed', reason, failures, nextAt };
  };
  switch (fetched.kind) {
    case 'refused':
      return fail(fetched.reason);
    case 'unavailable':
      return fail(fetched.reason, fetched.retryAfterMs);
    case 'unchanged': {
      const nextAt = wait(INTERVAL_MS);
      await ledger.settle(id, { nextAt, failures: 0 });
      return { kind: 'polled', news: [], nextAt };
    }
    case 'fetched': {
      const read = readEntries(fetched);
      if (typeof read === 'string') return fail(read);
      const news: EntryNews[] = [];
      for (const entry of read) {
        const one = await workOff(desk, ledger, id, entry);
        if (one !== undefined) news.push(one);
      }
      const nextAt = wait(INTERVAL_MS);
      await ledger.settle(id, { nextAt, failures: 0, validators: fetched });
      return { kind: 'polled', news, nextAt };
    }
  }
}

/** The entries of a feed, oldest first, each once; or what is wrong with the feed. */
function readEntries({ bytes, url }: Extract<Fetched, { kind: 'fetched' }>): FeedEntry[] | string {
  const { text, findings } = decodeSource(readDeclaredCharset(bytes));
  const feed = hasErrors(findings) ? { entries: [], findings } : readFeed(text, url);
  const wrong = feed.findings.find(({ severity }) => severity === 'error');
  if (wrong !== undefined) return wrong.message;
  const unique = new Map<string, FeedEntry>();
  for (const entry of feed.entries) if (!unique.has(entry.id)) unique.set(entry.id, entry);
  return [...unique.values()]
    .reverse()
    .sort((a, b) => (a.publishedAt?.getTime() ?? 0) - (b.publishedAt?.getTime() ?? 0));
}

async function workOff(
  desk: ImportDesk,
  ledger: FeedLedger,
  feed: string,
  entry: FeedEntry,
): Promise<EntryNews | undefined> {
  const contentHash = sha256(JSON.stringify([entry.title ?? '', entry.html]));
  const before = findSeen(await ledger.listSeen(feed), entry);
  const see = (kept: Pick<SeenEntry, 'issue' | 'issueHash' | 'revision'> | undefined) => {
    const { issue, issueHash, revision } = kept ?? {};
    return ledger.see(feed, {
      id: entry.id,
      url: entry.url,
      contentHash,
      issue,
      issueHash,
      revision,
    });
  };
  if (before?.contentHash === contentHash) {
    if (before.id !== entry.id) await see(before);
    return undefined;
  }
  const now = desk.clock.now();
  const imported = await readInYear(
    desk.archive,
    (year) => importEntry(entry, { now, ...(year === undefined ? {} : { year }) }),
    undefined,
  );
  const number = imported.issue?.number;
  const issueHash = number === undefined ? undefined : sha256(JSON.stringify(imported.issue));
  if (issueHash !== undefined && before?.issueHash === issueHash) {
    await see(before);
    return undefined;
  }
  const stored = number === undefined ? undefined : await desk.archive.read(number);
  const isOurs = before?.issue !== undefined && before.issue === number;
  // What an editor has corrected since is not undone by the feed.
  const isRevision = isOurs && stored?.revision === before.revision;
  const result = await keepIssue(desk, imported, { isRevision });
  const isKept = result.saved !== undefined && result.saved !== 'conflict';
  await see(isKept ? { issue: number, issueHash, revision: result.revision } : before);
  if (result.saved === 'unchanged') return undefined;
  const title = entry.title ?? entry.url ?? 'an entry';
  if (result.saved !== 'conflict' || !isOurs) return { title, isStub: entry.isStub, result };
  const others = result.findings.filter(({ code }) => code !== 'issue.number-taken');
  const findings = [...others, corrected(number, result.revision)];
  return { title, isStub: entry.isStub, result: { ...result, findings } };
}

function corrected(number: number | undefined, revision: number | undefined): Finding {
  return {
    severity: 'error',
    code: 'feed.issue-corrected',
    message: `The feed has changed #${number}, but so has somebody here: revision ${revision} of the archive stays.`,
    remedy:
      'If the feed is right, import its page with --revise; if the correction is, there is nothing to do.',
  };
}

/** An entry that is published again may have another id, and the same address. */
function findSeen(all: readonly SeenEntry[], { id, url }: FeedEntry): SeenEntry | undefined {
  return (
    all.find((seen) => seen.id === id) ??
    (url === undefined ? undefined : all.findLast((seen) => seen.url === url))
  );
}

function addMs(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
