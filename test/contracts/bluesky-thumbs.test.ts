import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeBlueskyPublisher } from '../../src/publishers/bluesky.ts';
import type { FetchedImage, FetchImage } from '../../src/publishers/images.ts';
import type { Outgoing, Publisher } from '../../src/publishers/publisher.ts';
import { makeBlueskySpending } from '../support/make-spending.ts';
import { makeRecordLog, type RecordLog } from '../support/record-log.ts';
import { keepSession, startBlueskyRig } from './bluesky-rig.ts';
import { makeDraft } from './drafts.ts';
import { attemptAgain, makeOutgoing, patience, send } from './publisher-contract.ts';

const { login, url, did, readRecords, emptyPlace } = await startBlueskyRig();
const store = keepSession();
const THUMB = 'https://images.example.org/figure-1.png';
const LIMIT_BYTES = 1_000_000;

const draw = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .png()
    .toBuffer();
const red = await draw('#cc2200');
const blue = await draw('#0022cc');

function make(fetchImage: FetchImage, log: RecordLog = makeRecordLog()): Publisher {
  const images = { fetchImage, log, now: () => new Date() };
  return makeBlueskyPublisher(login, store, images, makeBlueskySpending());
}

/** A server that has one image, or another answer to all questions. */
function having(answer: Uint8Array | FetchedImage): FetchImage {
  return async () => ('kind' in answer ? answer : { kind: 'fetched', bytes: answer });
}

/** A thread whose card has an image. */
async function start(): Promise<Outgoing> {
  await emptyPlace();
  const draft = makeDraft('bluesky', 2);
  if (draft.platform !== 'bluesky') throw new Error('not a Bluesky draft');
  const posts = draft.posts.map((post, i) => (i === 0 ? { ...post, thumb: THUMB } : post));
  return makeOutgoing({ ...draft, posts });
}

async function readCard() {
  const [first] = await readRecords();
  return first?.value.embed?.external;
}

async function readThumb(): Promise<Buffer> {
  const cid = (await readCard())?.thumb?.ref.$link ?? '';
  const query = new URLSearchParams({ did, cid });
  const answer = await fetch(`${url}/xrpc/com.atproto.sync.getBlob?${query}`);
  return Buffer.from(await answer.arrayBuffer());
}

describe('the image of a card on Bluesky', () => {
  it('arrives byte for byte, and the record names it where a card does', async () => {
    const outgoing = await start();

    const receipt = await send(make(having(red)), outgoing);

    const records = await readRecords();
    expect(await readThumb()).toEqual(red);
    expect(records.map(({ cid }) => cid)).toEqual(receipt.posts.map(({ cid }) => cid));
    expect(records[0]?.value).not.toHaveProperty('thumb');
    expect(records[0]?.value.embed).toMatchObject({
      $type: 'app.bsky.embed.external',
      external: { title: 'A Paper With Several Posts', thumb: { size: red.length } },
    });
  });

  it('is known again whatever its server answers now', async () => {
    const outgoing = await start();
    const receipt = await send(make(having(red)), outgoing);

    const found = await make(having(blue)).find(outgoing, patience());
    const again = await attemptAgain(make(having(blue)), outgoing);

    expect(found).toEqual({ kind: 'whole', receipt });
    expect(again.kind).toBe('sent');
    expect(await readThumb()).toEqual(red);
  });

  it('is left out when it is not to be had, and the card stays', async () => {
    const outgoing = await start();
    const log = makeRecordLog();
    const missing = having({ kind: 'refused', reason: 'images.example.org answers with 404' });

    const receipt = await send(make(missing, log), outgoing);
    const found = await make(having(red)).find(outgoing, patience());

    const card = await readCard();
    expect(card).toMatchObject({ title: 'A Paper With Several Posts' });
    expect(card).not.toHaveProperty('thumb');
    expect(found).toEqual({ kind: 'whole', receipt });
    expect(log.lines).toMatchObject([
      {
        event: 'image.left-out',
        fields: { reason: 'the card’s image of post 1: images.example.org answers with 404' },
      },
    ]);
  });

  it('is waited for when it may come yet', async () => {
    const outgoing = await start();
    const later = having({ kind: 'unavailable', reason: 'images.example.org answers with 503' });

    const first = await make(later).publish(outgoing, [], patience());
    const second = await attemptAgain(make(having(red)), outgoing);

    expect([first.kind, second.kind]).toEqual(['unavailable', 'sent']);
    expect(await readThumb()).toEqual(red);
  });

  it('is shrunk when it is too large for a card', async () => {
    const raw = { width: 800, height: 600, channels: 3 } as const;
    const noise = randomBytes(raw.width * raw.height * raw.channels);
    const large = await sharp(noise, { raw }).png().toBuffer();
    const outgoing = await start();

    await send(make(having(large)), outgoing);

    const size = (await readCard())?.thumb?.size ?? 0;
    expect(large.length).toBeGreaterThan(LIMIT_BYTES);
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThanOrEqual(LIMIT_BYTES);
  });
});
