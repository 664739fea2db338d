import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { BlueskyImage } from '../../formatters/bluesky.ts';
import type { Draft } from '../../formatters/draft.ts';
import { makeBlueskyPublisher } from '../../src/publishers/bluesky.ts';
import type { BlueskySpending } from '../../src/publishers/bluesky-budget.ts';
import type { FetchImage } from '../../src/publishers/images.ts';
import type { Outgoing, Publisher } from '../../src/publishers/publisher.ts';
import { makeGuardedFetch } from '../../src/sources/fetch-guarded.ts';
import { serve } from '../sources/serve.ts';
import { makeBlueskySpending } from '../support/make-spending.ts';
import { makeRecordLog, type RecordLog } from '../support/record-log.ts';
import {
  COLLECTION,
  keepSession,
  type StoredPost,
  type StoredRecord,
  startBlueskyRig,
} from './bluesky-rig.ts';
import { makeDraft } from './drafts.ts';
import { attemptAgain, makeOutgoing } from './publisher-contract.ts';

const { url, proxy, did, login, agent, readRecords, emptyPlace } = await startBlueskyRig();
const store = keepSession();
const LIMIT_BYTES = 2_000_000;
const APPLY_WRITES = { method: 'POST', path: /applyWrites/ };

const draw = (width: number, height: number, background: string): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
const red = await draw(64, 48, '#cc2200');
const blue = await draw(30, 90, '#0022cc');
const green = await draw(50, 50, '#22cc00');

/** What a server of images answers: bytes, or a status. */
type Shelf = Map<string, Uint8Array | number>;

async function serveImages(shelf: Shelf): Promise<{ host: string; asked: readonly string[] }> {
  return serve((request, response) => {
    const found = shelf.get(request.url ?? '') ?? 404;
    if (typeof found === 'number') response.writeHead(found).end();
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(found);
  });
}

function allowing(...allow: string[]): FetchImage {
  const fetch = makeGuardedFetch({ allow, now: () => new Date(), timeoutMs: 5_000 });
  return async (address, signal) => {
    const answer = await fetch(address, { signal });
    return answer.kind === 'unchanged' ? { kind: 'refused', reason: 'unchanged' } : answer;
  };
}

function make(
  fetchImage: FetchImage,
  {
    log = makeRecordLog(),
    now = () => new Date(),
    spending = makeBlueskySpending(),
  }: { log?: RecordLog; now?: () => Date; spending?: BlueskySpending } = {},
): Publisher {
  return makeBlueskyPublisher(login, store, { fetchImage, log, now }, spending);
}

/** A thread whose second post shows these images. */
function illustrate(images: readonly BlueskyImage[]): Outgoing {
  const draft = makeDraft('bluesky', 4);
  if (draft.platform !== 'bluesky') throw new Error('not a Bluesky draft');
  const posts = draft.posts.map((post, index) => (index === 1 ? { ...post, images } : post));
  return makeOutgoing({ ...draft, posts } satisfies Draft);
}

const signal = (): AbortSignal => AbortSignal.timeout(20_000);
const listImages = (records: readonly StoredRecord[]) =>
  records.flatMap(({ value }) => value.embed?.images ?? []);

async function readBlobs(records: readonly StoredRecord[]): Promise<Buffer[]> {
  const blobs: Buffer[] = [];
  for (const { image } of listImages(records)) {
    const query = new URLSearchParams({ did, cid: image.ref.$link });
    const answer = await fetch(`${url}/xrpc/com.atproto.sync.getBlob?${query}`);
    blobs.push(Buffer.from(await answer.arrayBuffer()));
  }
  return blobs;
}

/** A server with two images, and a thread that shows them. */
async function start() {
  await emptyPlace();
  const shelf: Shelf = new Map([
    ['/red.png', red],
    ['/blue.png', blue],
  ]);
  const { host, asked } = await serveImages(shelf);
  const outgoing = illustrate([
    {
      url: `http://${host}/red.png`,
      alt: 'A red field — 日本語',
      aspectRatio: { width: 4, height: 3 },
    },
    { url: `http://${host}/blue.png`, alt: 'A blue column' },
  ]);
  const count = outgoing.draft.posts.length;
  return { shelf, host, asked, outgoing, count, fetchImage: allowing(host) };
}

describe('images on Bluesky', () => {
  it('arrive byte for byte in their post, with their words and their shapes', async () => {
    const { outgoing, fetchImage, count } = await start();

    const attempt = await make(fetchImage).publish(outgoing, [], signal());
    const records = await readRecords();

    const receipt = attempt.kind === 'sent' ? attempt.receipt.posts : [];
    expect(receipt.map(({ cid }) => cid)).toEqual(records.map(({ cid }) => cid));
    expect(records.length).toBe(count);
    expect(listImages(records)).toEqual(records[1]?.value.embed?.images);
    expect(listImages(records)).toMatchObject([
      {
        alt: 'A red field — 日本語',
        aspectRatio: { width: 4, height: 3 },
        image: { mimeType: 'image/png' },
      },
      {
        alt: 'A blue column',
        aspectRatio: { width: 30, height: 90 },
        image: { size: blue.length },
      },
    ]);
    expect(records[1]?.value).not.toHaveProperty('images');
    expect(await readBlobs(records)).toEqual([red, blue]);
  });

  it('are known again, with the same receipt, although their server answers with others now', async () => {
    const { outgoing, fetchImage, shelf } = await start();
    const attempt = await make(fetchImage).publish(outgoing, [], signal());
    shelf.set('/red.png', green);
    shelf.set('/blue.png', 503);

    const found = await make(fetchImage).find(outgoing, signal());

    expect(found).toEqual({ kind: 'whole', receipt: attempt.kind === 'sent' && attempt.receipt });
  });

  it.each([
    ['before the server acted', 'reset-before', () => [green, blue]],
    ['after the server acted', 'reset-after', () => [red, blue]],
  ] as const)(
    'are there once when the answer is lost %s and their server then answers otherwise',
    async (_when, kind, expected) => {
      const { outgoing, fetchImage, shelf, count } = await start();
      const publisher = make(fetchImage);
      await publisher.find(outgoing, signal());
      proxy.inject({ ...APPLY_WRITES, kind });

      const first = await publisher.publish(outgoing, [], signal());
      shelf.set('/red.png', green);
      const second = await attemptAgain(make(fetchImage), outgoing);
      const third = await attemptAgain(make(fetchImage), outgoing);

      const records = await readRecords();
      expect([first.kind, second.kind, third.kind]).toEqual(['unknown', 'sent', 'sent']);
      expect(records.length).toBe(count);
      expect(await readBlobs(records)).toEqual(expected());
    },
  );

  it('are those of one writer when three send at the same time what differs', async () => {
    const { outgoing, count } = await start();
    const writers = [red, blue, green].map((bytes) =>
      make(async () => ({ kind: 'fetched', bytes })),
    );

    const attempts = await Promise.all(
      writers.map((writer) => writer.publish(outgoing, [], signal())),
    );
    const last = await Promise.all(writers.map((writer) => attemptAgain(writer, outgoing)));

    const records = await readRecords();
    const [one, other] = await readBlobs(records);
    expect(attempts.filter(({ kind }) => kind === 'sent').length).toBe(1);
    expect(last.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent']);
    expect(records.length).toBe(count);
    expect(one).toEqual(other);
  });

  it('are left out when their server does not have them, and the log is told which', async () => {
    const { outgoing, fetchImage, shelf, host, count } = await start();
    shelf.delete('/red.png');
    const log = makeRecordLog();

    const attempt = await make(fetchImage, { log }).publish(outgoing, [], signal());
    const records = await readRecords();
    shelf.set('/red.png', red);
    const again = await attemptAgain(make(fetchImage), outgoing);

    expect([attempt.kind, again.kind]).toEqual(['sent', 'sent']);
    expect(listImages(records).map(({ alt }) => alt)).toEqual(['A blue column']);
    expect((await readRecords()).length).toBe(count);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        event: 'image.left-out',
        fields: {
          deliveryId: outgoing.id,
          platform: 'bluesky',
          issue: outgoing.issue,
          item: outgoing.item,
          reason: `image 1 of post 2: ${host} answers with 404`,
        },
      },
    ]);
  });

  it('leave their post without an embed when none is to be had', async () => {
    const { outgoing, fetchImage, shelf } = await start();
    shelf.set('/red.png', 410);
    shelf.set('/blue.png', Buffer.from('<!doctype html><title>Not here</title>'));

    const attempt = await make(fetchImage).publish(outgoing, [], signal());
    const found = await make(fetchImage).find(outgoing, signal());

    const [, second] = await readRecords();
    expect([attempt.kind, found.kind]).toEqual(['sent', 'whole']);
    expect(second?.value).not.toHaveProperty('embed');
  });

  it('are not asked of a private address', async () => {
    const { outgoing, asked, count } = await start();
    const log = makeRecordLog();

    const attempt = await make(allowing(), { log }).publish(outgoing, [], signal());

    const records = await readRecords();
    expect(attempt.kind).toBe('sent');
    expect([records.length, listImages(records)]).toEqual([count, []]);
    expect(asked).toEqual([]);
    expect(log.lines.map(({ fields }) => fields.reason)).toEqual([
      expect.stringMatching(/private network/),
      expect.stringMatching(/private network/),
    ]);
  });

  it('hold the thread up for a minute when their server fails for a moment', async () => {
    const { outgoing, fetchImage, shelf, count } = await start();
    shelf.set('/blue.png', 503);

    const first = await make(fetchImage).publish(outgoing, [], signal());
    const between = await readRecords();
    shelf.set('/blue.png', blue);
    const second = await attemptAgain(make(fetchImage), outgoing);

    const records = await readRecords();
    expect([first.kind, second.kind]).toEqual(['unavailable', 'sent']);
    expect([between.length, records.length]).toEqual([0, count]);
    expect(await readBlobs(records)).toEqual([red, blue]);
  });

  it('are left out after that minute', async () => {
    const { outgoing, fetchImage, shelf } = await start();
    shelf.set('/red.png', 503);
    const now = (): Date => new Date(outgoing.triedSince.getTime() + 60_000);

    const attempt = await make(fetchImage, { now }).publish(outgoing, [], signal());

    expect(attempt.kind).toBe('sent');
    expect(listImages(await readRecords()).map(({ alt }) => alt)).toEqual(['A blue column']);
  });

  it('do not let a thread go without them because the attempt ran out of time', async () => {
    const { outgoing } = await start();
    const log = makeRecordLog();
    const now = (): Date => new Date(outgoing.triedSince.getTime() + 60_000);
    const fetchImage: FetchImage = async (_address, aborted) => {
      await new Promise((resolve) => aborted.addEventListener('abort', resolve, { once: true }));
      return { kind: 'unavailable', reason: 'no whole answer' };
    };

    const attempt = await make(fetchImage, { log, now }).publish(
      outgoing,
      [],
      AbortSignal.timeout(1_000),
    );

    expect(attempt.kind).toBe('unavailable');
    expect([await readRecords(), log.lines]).toEqual([[], []]);
  });

  it('are shrunk when they are too large', async () => {
    const { outgoing, fetchImage, shelf } = await start();
    const raw = { width: 1500, height: 1200, channels: 3 } as const;
    const noise = randomBytes(raw.width * raw.height * raw.channels);
    const large = await sharp(noise, { raw }).png().toBuffer();
    shelf.set('/blue.png', large);

    const attempt = await make(fetchImage).publish(outgoing, [], signal());

    const records = await readRecords();
    const shown = listImages(records)[1];
    const { width = 0, height = 1 } = shown?.aspectRatio ?? {};
    expect(large.length).toBeGreaterThan(5_000_000);
    expect(attempt.kind).toBe('sent');
    expect(shown?.image.mimeType).toBe('image/jpeg');
    expect(shown?.image.size).toBeLessThanOrEqual(LIMIT_BYTES);
    expect(width / height).toBeCloseTo(1500 / 1200, 2);
    expect((await readBlobs(records))[1]?.length).toBe(shown?.image.size);
  });

  it.each([
    ['fails for a moment', 502, {}],
    ['meets a session that has run out', 400, { error: 'ExpiredToken', message: 'Token expired' }],
  ] as const)('wait for an upload that %s', async (_how, status, body) => {
    const { host, fetchImage, count } = await start();
    const outgoing = illustrate([{ url: `http://${host}/red.png`, alt: 'A red field' }]);
    const publisher = make(fetchImage);
    await publisher.find(outgoing, signal());
    proxy.inject({ path: /uploadBlob/, kind: 'status-before', status, body });
    if (status === 400) {
      proxy.inject({
        path: /refreshSession/,
        times: 2,
        kind: 'status-before',
        status: 503,
        body: {},
      });
    }

    const first = await publisher.publish(outgoing, [], signal());
    const second = await attemptAgain(publisher, outgoing);

    const records = await readRecords();
    expect([first.kind, second.kind]).toEqual(['unavailable', 'sent']);
    expect(records.length).toBe(count);
    expect(await readBlobs(records)).toEqual([red]);
  });

  it('are left out when Bluesky does not take them', async () => {
    const { outgoing, fetchImage, count } = await start();
    const publisher = make(fetchImage);
    await publisher.find(outgoing, signal());
    const body = { error: 'InvalidRequest', message: 'Blob has been taken down' };
    proxy.inject({ path: /uploadBlob/, times: 2, kind: 'status-before', status: 400, body });

    const attempt = await publisher.publish(outgoing, [], signal());

    const records = await readRecords();
    expect(attempt.kind).toBe('sent');
    expect([records.length, listImages(records)]).toEqual([count, []]);
  });

  it.each<[string, (value: StoredPost) => object]>([
    ['the words of an image', (value) => change(value, { alt: 'Other words' })],
    ['the shape of an image', (value) => change(value, { aspectRatio: { width: 5, height: 3 } })],
    ['the text', (value) => ({ ...value, text: 'Another text' })],
    [
      'the card of images',
      ({ embed, ...value }) => ({
        ...value,
        embed: { ...embed, images: embed?.images?.toReversed() },
      }),
    ],
  ])('are left to a person when %s was changed there', async (_what, alter) => {
    const { outgoing, fetchImage } = await start();
    await make(fetchImage).publish(outgoing, [], signal());
    const [, second] = await readRecords();
    if (second === undefined) throw new Error('no second post');
    await agent.com.atproto.repo.putRecord({
      repo: did,
      collection: COLLECTION,
      rkey: second.uri.split('/').at(-1) ?? '',
      record: alter(second.value) as { [key: string]: unknown },
    });

    const again = await attemptAgain(make(fetchImage), outgoing);

    expect(again.kind === 'refused' && again.remedy).toMatch(/delete what is left/);
  });
});

/** The record with its first image changed. */
function change(value: StoredPost, changes: object): object {
  const [first, ...others] = value.embed?.images ?? [];
  return { ...value, embed: { ...value.embed, images: [{ ...first, ...changes }, ...others] } };
}
