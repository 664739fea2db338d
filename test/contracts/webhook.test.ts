import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../formatters/draft.ts';
import { readDraft } from '../../formatters/index.ts';
import { describeError } from '../../src/kit/errors.ts';
import { makeWebhookPublisher } from '../../src/publishers/webhook.ts';
import { type Kept, type Payload, startReceiver } from '../fakes/webhook/receiver.ts';
import { makeDraft, makeDrafts } from './drafts.ts';
import {
  attemptAgain,
  describePublisher,
  makeCorrection,
  makeOutgoing,
  patience,
  send,
} from './publisher-contract.ts';

const HOUR_MS = 60 * 60 * 1000;
const makeSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

const secret = makeSecret();
const receiver = await startReceiver(secret);
afterAll(() => receiver.close());

/** An address of this machine at which nothing listens; fetch does not even try ports like 1. */
async function findNowhere(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
const nowhere = await findNowhere();

const account = { url: receiver.url, secret };
const now = (): Date => new Date();
/** The signal of somebody who waits without end. */
const never = (): AbortSignal => new AbortController().signal;
const make = (settings: Partial<typeof account> = {}, clock = now, timeoutMs = 15_000) =>
  makeWebhookPublisher({ ...account, ...settings }, { now: clock, timeoutMs });
const drafts = makeDrafts('bluesky', 4);
const { draft } = drafts;

/** What a reader of the receiver sees of an event. */
function readKept({ payload: { data } }: Kept): string[] {
  return readDraft({
    item: 'paper',
    platform: data.platform,
    posts: data.posts,
  } as unknown as Draft);
}

describePublisher('webhook', async () => ({
  ...drafts,
  make,
  readPlace: async () => receiver.kept.flatMap(readKept),
  emptyPlace: async () => {
    receiver.empty();
    receiver.isGone = false;
  },
  countRequests: () => receiver.requests.length,
  inject: receiver.inject,
  calm: receiver.calm,
  makeUnreachable: () => make({ url: `${nowhere}/hook` }),
  makeUnauthorized: () => make({ secret: makeSecret() }),
  revoke: async () => {
    receiver.secret = makeSecret();
  },
  restore: async () => {
    receiver.secret = secret;
  },
  removePlace: async () => {
    receiver.isGone = true;
  },
  refuseContent: () => receiver.answerNext({ status: 422 }),
  corrections: ['edit'],
  without: {
    foreignDraft: 'a receiver takes the drafts of any platform',
    longDraft: 'a receiver has no known limit',
    expire: 'a secret does not run out',
    deletePost: 'what a receiver does with an event is its own affair',
    find: 'a receiver cannot be asked',
  },
}));

describe('a webhook', () => {
  const signal = patience;
  const lastRequest = () => {
    const seen = receiver.requests.at(-1);
    const payload = JSON.parse(seen?.body ?? '{}') as Payload;
    return { headers: seen?.headers ?? {}, body: seen?.body ?? '', payload };
  };
  beforeEach(() => {
    receiver.empty();
    receiver.calm();
  });

  it('is signed as the standard says', () => {
    // The vector that the standard's own libraries are tested with.
    const webhook = new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');

    const signature = webhook.sign(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_000),
      '{"test": 2432232314}',
    );

    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('tells what was published', async () => {
    const outgoing = makeOutgoing(draft);

    const receipt = await send(make(), outgoing);

    const { headers, payload } = lastRequest();
    const { id: delivery, issue, item, revision, stampedAt } = outgoing;
    expect(payload).toEqual({
      type: 'item.published',
      timestamp: stampedAt.toISOString(),
      data: {
        ...{ delivery, issue, item, revision, title: draft.item.title },
        platform: 'bluesky',
        posts: draft.posts,
      },
    });
    expect(receipt).toEqual({ posts: [{ id: headers['webhook-id'] }] });
  });

  it('tells what was corrected, and what was taken back', async () => {
    const outgoing = makeOutgoing(draft);
    const receipt = await send(make(), outgoing);
    const correction = makeCorrection(outgoing, receipt, drafts.shorterDraft, 'edit');

    const corrected = await send(make(), correction);
    const { payload: correcting } = lastRequest();
    await make().retract(correction, corrected, signal());
    const { payload: retracting } = lastRequest();

    expect(correcting.type).toBe('item.corrected');
    expect(correcting.data.replaces).toEqual([receipt.posts[0]?.id]);
    expect(retracting.type).toBe('item.retracted');
    expect(retracting.data.retracts).toEqual([corrected.posts[0]?.id]);
    expect(receiver.kept).toEqual([]);
  });

  it('has the same id and body at each attempt, and the time of the attempt', async () => {
    const outgoing = makeOutgoing(draft);
    let at = Date.now();
    const publisher = make({}, () => new Date(at));
    receiver.inject('reset-after');
    const actedBefore = receiver.acted;

    const first = await publisher.publish(outgoing, [], signal());
    const sent = lastRequest();
    at += 60_000;
    const second = await attemptAgain(publisher, outgoing);
    const sentAgain = lastRequest();

    expect([first.kind, second.kind]).toEqual(['unknown', 'sent']);
    expect(sentAgain.body).toBe(sent.body);
    expect(sentAgain.headers['webhook-id']).toBe(sent.headers['webhook-id']);
    expect(Number(sentAgain.headers['webhook-timestamp'])).toBe(
      Number(sent.headers['webhook-timestamp']) + 60,
    );
    expect(receiver.acted).toBe(actedBefore + 1);
  });

  it('has another id for another delivery, stamp or event', async () => {
    const outgoing = makeOutgoing(draft);
    const stampedAt = new Date(outgoing.stampedAt.getTime() + 1);
    const before = receiver.requests.length;

    await send(make(), outgoing);
    await send(make(), { ...outgoing, stampedAt });
    await send(make(), makeOutgoing(draft));
    await make().retract(outgoing, undefined, signal());

    const ids = receiver.requests.slice(before).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^msg_[0-9a-f]{32}$/);
  });

  it('is verified by the standard’s own library, letters beyond ASCII and all', async () => {
    await send(make(), makeOutgoing(makeDraft('discord', 3)));

    const { headers, body } = lastRequest();
    const verified = new Webhook(secret).verify(body, headers as Record<string, string>);

    expect(verified).toEqual(JSON.parse(body));
  });

  it.each([
    [200, { kind: 'sent' }],
    [202, { kind: 'sent' }],
    [301, { kind: 'refused', isClosed: true, remedy: /final address/ }],
    [307, { kind: 'refused', isClosed: true, remedy: /WEBHOOK_URL/ }],
    [401, { kind: 'refused', isClosed: true, remedy: /WEBHOOK_SECRET/ }],
    [403, { kind: 'refused', isClosed: true, remedy: /WEBHOOK_SECRET/ }],
    [404, { kind: 'refused', isClosed: true, remedy: /WEBHOOK_URL/ }],
    [405, { kind: 'refused', isClosed: true, remedy: /WEBHOOK_URL/ }],
    [410, { kind: 'refused', isClosed: true, reason: /asks to stop/ }],
    [400, { kind: 'refused', isClosed: undefined, remedy: /log of the receiver/ }],
    [413, { kind: 'refused', isClosed: undefined }],
    [415, { kind: 'refused', isClosed: undefined }],
    [422, { kind: 'refused', isClosed: undefined }],
    [409, { kind: 'unknown' }],
    [500, { kind: 'unknown' }],
    [502, { kind: 'unknown' }],
    [503, { kind: 'unknown' }],
    [504, { kind: 'unknown' }],
    [429, { kind: 'unavailable' }],
  ])('knows what the answer %i means', async (status, expected) => {
    receiver.answerNext({ status, headers: { location: 'http://127.0.0.1:1/', 'x-a': 'b' } });
    receiver.answerNext({ status, headers: { location: 'http://127.0.0.1:1/' } });
    const outgoing = makeOutgoing(draft);

    const attempt = await make().publish(outgoing, [], signal());
    const retraction = await make().retract(outgoing, undefined, signal());

    const {
      kind,
      isClosed,
      reason = /./,
      remedy = /./,
    } = expected as {
      kind: string;
      isClosed?: boolean;
      reason?: RegExp;
      remedy?: RegExp;
    };
    const taken = { sent: 'retracted', unknown: 'unavailable' }[kind] ?? kind;
    expect([attempt.kind, retraction.kind]).toEqual([kind, taken]);
    for (const result of [attempt, retraction]) {
      if (result.kind !== 'refused') continue;
      expect(result.isClosed).toBe(isClosed);
      expect(result.reason).toMatch(reason);
      expect(result.remedy).toMatch(remedy);
      expect(result.reason).toContain(String(status));
    }
  });

  it.each([
    [429, 'unavailable', '120', 120_000],
    [503, 'unknown', '120', 120_000],
    [503, 'unknown', 'date', 90_000],
    [429, 'unavailable', 'soon', undefined],
  ])('after %i is %s, for as long as “%s” says', async (status, kind, wait, expected) => {
    const at = Math.floor(Date.now() / 1000) * 1000;
    const retryAfter = wait === 'date' ? new Date(at + 90_000).toUTCString() : wait;
    receiver.answerNext({ status, headers: { 'retry-after': retryAfter } });

    const attempt = await make({}, () => new Date(at)).publish(makeOutgoing(draft), [], signal());

    expect(attempt.kind).toBe(kind);
    expect('retryAfterMs' in attempt ? attempt.retryAfterMs : undefined).toBe(expected);
  });

  it.each([
    ['a day ahead', 24 * HOUR_MS, '24 hours ahead'],
    ['a day behind', -24 * HOUR_MS, '24 hours behind'],
    ['ten minutes ahead', HOUR_MS / 6, '10 minutes ahead'],
  ])('tells a person that the clock is %s', async (_name, skewMs, said) => {
    const publisher = make({}, () => new Date(Date.now() + skewMs));

    const attempt = await publisher.publish(makeOutgoing(draft), [], signal());

    expect(attempt).toMatchObject({ kind: 'refused', isClosed: true });
    expect(attempt.kind === 'refused' && attempt.reason).toContain(said);
    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(/Set the clock/);
  });

  it('does not blame a clock that is two minutes off', async () => {
    const publisher = make({ secret: makeSecret() }, () => new Date(Date.now() + HOUR_MS / 30));

    const attempt = await publisher.publish(makeOutgoing(draft), [], signal());

    expect(attempt.kind === 'refused' && attempt.remedy).toMatch(/WEBHOOK_SECRET/);
  });

  it('does not follow a redirect', async () => {
    receiver.answerNext({ status: 307, headers: { location: receiver.url } });
    const before = receiver.requests.length;

    await make().publish(makeOutgoing(draft), [], signal());

    expect(receiver.requests.length).toBe(before + 1);
  });

  it('is sent when the receiver has said so and then talks without end', async () => {
    receiver.answerNext({ status: 200, isEndless: true });

    // Nothing but the sender itself puts an end to it.
    const attempt = await make({}, now, HOUR_MS).publish(makeOutgoing(draft), [], never());

    expect(attempt.kind).toBe('sent');
  });

  it.each([
    ['hang-before', 'unknown'],
    ['hang-after', 'unknown'],
    ['hang-body', 'sent'],
  ] as const)('is not waited for without end: after %s it is “%s”', async (fault, kind) => {
    receiver.inject(fault);

    const attempt = await make({}, now, 300).publish(makeOutgoing(draft), [], never());

    expect(attempt.kind).toBe(kind);
  });

  it('keeps the address and the secret out of what it says', async () => {
    const outgoing = makeOutgoing(draft);
    const publishers = [make(), make({ url: `${nowhere}/hook?key=a-secret` })];
    receiver.answerNext({ status: 404, headers: { location: receiver.url } });
    receiver.inject('reset-before');

    const attempts = [];
    for (const publisher of [make(), ...publishers]) {
      attempts.push(await publisher.publish(outgoing, [], signal()));
    }

    const said = attempts.map((attempt) =>
      'cause' in attempt ? describeError(attempt.cause) : JSON.stringify(attempt),
    );
    expect(attempts.map(({ kind }) => kind)).toEqual(['refused', 'unknown', 'unavailable']);
    expect(said.join('\n')).not.toMatch(/a-secret|whsec_|\/hook/);
    expect(said.every((one) => one.includes('127.0.0.1'))).toBe(true);
  });
});
