import { importFeed } from '../issue/feed/import-feed.ts';
import { readFeed } from '../issue/feed/read-feed.ts';
import type { Fetch } from '../sources/fetch.ts';
import { doubt, fault, type Seen, well } from './check.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A newsletter that has been silent for longer may have moved. */
const SILENT_DAYS = 60;

/** Whether a feed can be fetched, is one, and has issues in it. Nothing of it is kept. */
export async function checkFeed(
  url: string,
  fetch: Fetch,
  now: Date,
  signal: AbortSignal,
): Promise<Seen[]> {
  // The rest of an address may be a secret.
  const name = `the feed of ${new URL(url).host}`;
  const fetched = await fetch(url, { signal });
  if (fetched.kind === 'unavailable') {
    const said = `${name} cannot be fetched now: ${fetched.reason}`;
    const remedy =
      'Nothing, if it passes: it is asked again by itself. Else open the address in a browser';
    return [doubt('doctor.feed-unreachable', said, remedy)];
  }
  if (fetched.kind !== 'fetched') {
    const reason = fetched.kind === 'refused' ? fetched.reason : 'nothing came';
    const remedy = fetched.kind === 'refused' ? fetched.remedy : 'Open the address in a browser';
    return [
      fault(
        'doctor.feed-refused',
        `${name} cannot be fetched: ${reason}`,
        `${remedy.replace(/\.$/, '')}; it is set in sources.feed in paperboy.yaml, or PAPERBOY_FEED`,
      ),
    ];
  }
  const text = new TextDecoder().decode(fetched.bytes);
  const { entries, findings } = readFeed(text, fetched.url);
  const wrong = findings.find(({ severity }) => severity === 'error');
  if (wrong !== undefined) {
    return [
      fault(
        'doctor.feed-unreadable',
        `${name}: ${wrong.message.replace(/\.$/, '')}`,
        'Set sources.feed in paperboy.yaml (or PAPERBOY_FEED) to the address of RSS or Atom',
      ),
    ];
  }
  const imported = importFeed(text, { now, base: fetched.url });
  const whole = imported.filter(({ issue }) => issue !== undefined).length;
  const newest = entries
    .flatMap(({ publishedAt, updatedAt }) => publishedAt ?? updatedAt ?? [])
    .sort((a, b) => b.getTime() - a.getTime())[0];
  const day = newest?.toISOString().slice(0, 10);
  const dated = day === undefined ? 'none of them dated' : `the newest of ${day}`;
  if (whole === 0) {
    return [
      doubt(
        'doctor.feed-empty',
        `${name} has ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}, ${dated}, and nothing in it can be read as an issue`,
        'Let the feed have the whole text of its entries, or import pages or mails: paperboy import FILE',
      ),
    ];
  }
  const said = `${name} has ${whole} ${whole === 1 ? 'issue' : 'issues'} that can be read, ${dated}`;
  const silentMs = newest === undefined ? 0 : now.getTime() - newest.getTime();
  if (silentMs > SILENT_DAYS * DAY_MS) {
    const remedy = 'Look whether the newsletter goes on, or its feed has moved to another address';
    return [doubt('doctor.feed-silent', said, remedy)];
  }
  return [well('doctor.feed', said)];
}
