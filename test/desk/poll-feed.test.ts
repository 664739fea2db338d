import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importToArchive } from '../../src/desk/import.ts';
import { type Polled, pollFeed } from '../../src/desk/poll-feed.ts';
import { writeYaml } from '../../src/issue/structured/write-yaml.ts';
import { makeFeedLedger } from '../../src/sources/feed-ledger.ts';
import type { Fetched, FetchOptions } from '../../src/sources/fetch.ts';
import { makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const url = 'https://rss.example.org/secret.xml';
const body = readFileSync(new URL('../issue/forms/issue-rss-body.html', import.meta.url), 'utf8');
const MINUTE = 60_000;

type Item = {
  readonly id?: string;
  readonly title?: string;
  readonly date?: string;
  readonly link?: string;
  readonly html?: string;
};

/** A feed that is asked over and over, and what it was asked. */
function makeFeed() {
  const temp = makeTempDatabase();
  const desk: TestDesk = makeTestDesk(temp);
  const asked: FetchOptions[] = [];
  let answer: Fetched = { kind: 'unchanged' };
  const poll = (): Promise<Polled> =>
    pollFeed(desk, {
      url,
      ledger: makeFeedLedger(temp.database),
      random: () => 0,
      fetch: async (_, options = {}) => {
        asked.push(options);
        return answer;
      },
    });
  return {
    desk,
    asked,
    poll,
    temp,
    say: (fetched: Fetched): void => {
      answer = fetched;
    },
    publish: (items: readonly Item[], etag = '"1"'): void => {
      const bytes = new TextEncoder().encode(writeFeed(items));
      const lastModified = undefined;
      answer = {
        kind: 'fetched',
        url,
        bytes,
        mediaType: 'application/rss+xml',
        etag,
        lastModified,
      };
    },
    /** Waits as long as it must, then asks. */
    next: async (): Promise<Polled> => {
      desk.clock.advance(12 * 60 * MINUTE);
      return poll();
    },
  };
}

function writeFeed(items: readonly Item[]): string {
  const written = items.map(
    ({ id = '93', title = 'Issue', date = 'Tue, 03 Feb 2026 10:00:00 GMT', link, html = body }) =>
      `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><pubDate>${date}</pubDate>${link === undefined ? '' : `<link>${link}</link>`}<content:encoded><![CDATA[${html}]]></content:encoded></item>`,
  );
  return `<rss xmlns:content="c"><channel><title>N</title>${written.join('')}</channel></rss>`;
}

const saved = (polled: Polled): unknown =>
  polled.kind === 'polled' ? polled.news.map(({ result }) => result.saved) : polled;

describe('pollFeed', () => {
  it('keeps an issue that a feed has, with its address', async () => {
    const { publish, poll, desk } = makeFeed();
    publish([{ link: 'https://news.example.org/p/one-tensor?utm_source=rss' }]);

    expect(saved(await poll())).toEqual(['new']);
    expect((await desk.archive.readLatest())?.issue).toMatchObject({
      number: 93,
      url: 'https://news.example.org/p/one-tensor',
    });
  });

  it('asks at most once a minute, also in another process and after a restart', async () => {
    const { asked, desk, poll, say } = makeFeed();
    say({ kind: 'unavailable', reason: 'down', retryAfterMs: undefined });

    await Promise.all([poll(), poll(), poll()]);
    expect(asked).toHaveLength(1);
    desk.clock.advance(MINUTE - 1);
    expect(await poll()).toMatchObject({ kind: 'waiting' });
    desk.clock.advance(1);
    expect(await poll()).toMatchObject({ kind: 'failed' });
    expect(asked).toHaveLength(2);
  });

  it('asks for what has changed only, once all that came is kept', async () => {
    const { asked, next, poll, publish, say } = makeFeed();
    publish([{}], '"a"');
    await poll();
    say({ kind: 'unchanged' });

    expect(saved(await next())).toEqual([]);
    expect(asked).toMatchObject([{ etag: undefined }, { etag: '"a"' }]);
  });

  it('waits longer after each failure, and as before after a success', async () => {
    const { desk, poll, say } = makeFeed();
    say({ kind: 'unavailable', reason: 'down', retryAfterMs: undefined });
    const waits: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      const began = desk.clock.now().getTime();
      const { nextAt } = await poll();
      waits.push((nextAt.getTime() - began) / MINUTE);
      desk.clock.set(nextAt);
    }

    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);

    say({ kind: 'unchanged' });
    const began = desk.clock.now().getTime();
    expect((await poll()).nextAt.getTime() - began).toBe(10 * MINUTE);
  });

  it('waits as long as the server asks for', async () => {
    const { desk, poll, say } = makeFeed();
    say({ kind: 'unavailable', reason: 'busy', retryAfterMs: 30 * MINUTE });

    const { nextAt } = await poll();

    expect(nextAt.getTime() - desk.clock.now().getTime()).toBe(30 * MINUTE);
  });

  it('does not import an issue twice that is dated anew or published again', async () => {
    const { desk, next, poll, publish } = makeFeed();
    const link = 'https://news.example.org/p/one-tensor';
    publish([{ link }]);
    await poll();

    publish([{ link, date: 'Wed, 04 Feb 2026 10:00:00 GMT' }]);
    expect(saved(await next())).toEqual([]);
    publish([{ link, id: 'another', date: 'Thu, 05 Feb 2026 10:00:00 GMT' }]);
    expect(saved(await next())).toEqual([]);
    expect((await desk.archive.readLatest())?.revision).toBe(1);
  });

  it('keeps a changed issue as its next revision, once', async () => {
    const { desk, next, poll, publish } = makeFeed();
    publish([{}]);
    await poll();
    const html = body.replace('4-bit', '5-bit');
    expect(html).not.toBe(body);

    publish([{ html }]);
    expect(saved(await next())).toEqual(['revised']);
    expect(saved(await next())).toEqual([]);
    expect((await desk.archive.readLatest())?.revision).toBe(2);
  });

  it('takes new markup around the same words for no change', async () => {
    const { desk, next, poll, publish } = makeFeed();
    publish([{}]);
    await poll();

    publish([{ html: `<style>p { margin: 0 }</style>${body}` }]);

    expect(saved(await next())).toEqual([]);
    expect((await desk.archive.readLatest())?.revision).toBe(1);
  });

  it('does not undo what an editor has corrected, and tells that the feed has changed', async () => {
    const { desk, next, poll, publish } = makeFeed();
    publish([{}]);
    await poll();
    const { issue } = (await desk.archive.readLatest()) ?? {};
    if (issue === undefined) throw new Error('there is no issue');
    const yaml = new TextEncoder().encode(writeYaml({ ...issue, title: 'Corrected' }));
    await importToArchive(desk, yaml, { format: 'yaml', isRevision: true });

    publish([{ html: `<style>p { margin: 0 }</style>${body}` }]);
    expect(saved(await next())).toEqual([]);
    publish([{ html: body.replace('4-bit', '5-bit') }]);
    const polled = await next();

    expect(polled).toMatchObject({ news: [{ result: { saved: 'conflict', revision: 2 } }] });
    expect(JSON.stringify(polled)).toContain('feed.issue-corrected');
    expect((await desk.archive.readLatest())?.issue.title).toBe('Corrected');
    expect(saved(await next())).toEqual([]);
  });

  it('does not take the place of an issue that came from elsewhere', async () => {
    const { desk, next, poll, publish, temp } = makeFeed();
    publish([{}]);
    await poll();
    await temp.database.deleteFrom('feed_entries').execute();

    publish([{ html: body.replace('4-bit', '5-bit') }]);
    const polled = await next();

    expect(saved(polled)).toEqual(['conflict']);
    expect((await desk.archive.readLatest())?.revision).toBe(1);
    expect(saved(await next())).toEqual([]);
  });

  it('ends what a killed run began without a second revision', async () => {
    const { desk, next, poll, publish, temp } = makeFeed();
    publish([{}]);
    await poll();
    // As if the process had died after the issue was kept and before the entry was.
    await temp.database.deleteFrom('feed_entries').execute();

    expect(saved(await next())).toEqual([]);
    expect((await desk.archive.readLatest())?.revision).toBe(1);
  });

  it('tells a teaser once, and keeps the issue when it is there', async () => {
    const { next, poll, publish } = makeFeed();
    publish([{ html: '<p>Hi</p><div class="paywall">Subscribe</div>' }]);

    expect(await poll()).toMatchObject({ news: [{ isStub: true, result: { saved: undefined } }] });
    expect(saved(await next())).toEqual([]);
    publish([{}]);
    expect(saved(await next())).toEqual(['new']);
  });

  it.each([
    ['a page', '<!doctype html><html><body>Gone</body></html>'],
    ['nothing', ''],
    ['half a feed', '<rss><channel><item><title>'],
  ])('takes %s for a failure, and keeps asking', async (_, text) => {
    const { asked, next, poll, say } = makeFeed();
    const bytes = new TextEncoder().encode(text);
    const none = { mediaType: undefined, etag: '"x"', lastModified: undefined };
    say({ kind: 'fetched', url, bytes, ...none });

    expect(await poll()).toMatchObject({ kind: 'failed', failures: 1 });
    expect(await next()).toMatchObject({ kind: 'failed', failures: 2 });
    expect(asked.map(({ etag }) => etag)).toEqual([undefined, undefined]);
  });

  it('keeps no address of a feed in the database', async () => {
    const { poll, publish, temp } = makeFeed();
    publish([{}]);
    await poll();

    const rows = [
      await temp.database.selectFrom('feeds').selectAll().execute(),
      await temp.database.selectFrom('feed_entries').selectAll().execute(),
    ];

    expect(rows.flat()).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('secret');
  });
});
