import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftFor } from '../../formatters/draft.ts';
import type { Receipt } from '../../src/outbox/receipt.ts';
import { isAlike, readContent } from '../../src/publishers/mastodon-text.ts';
import { renderContent } from '../fakes/mastodon/text.ts';
import { makeDraft } from './drafts.ts';
import { startMastodonRig } from './mastodon-rig.ts';
import {
  attemptAgain,
  makeCorrection,
  makeOutgoing,
  patience,
  send,
} from './publisher-contract.ts';

const rig = await startMastodonRig({ rateLimits: false });
const { fake } = rig;
const POST = /^POST \/api\/v1\/statuses$/;
const DAY_MS = 86_400_000;

const draft = makeDraft('mastodon', 6);
const texts = draft.platform === 'mastodon' ? draft.posts.map(({ status }) => status) : [];

const withTexts = (...statuses: string[]): DraftFor<'mastodon'> => ({
  item: draft.item,
  platform: 'mastodon',
  posts: statuses.map((status, index) => ({
    status,
    visibility: index === 0 ? 'public' : 'unlisted',
    language: 'en',
  })),
});
const failAt = (index: number, kind: 'reset-before' | 'reset-after') => {
  if (index > 0) fake.inject({ path: POST, kind: 'delay', delayMs: 0, times: index });
  fake.inject({ path: POST, kind });
};

describe('posts with the same words', () => {
  const companionsOf = (...receipts: Receipt[]) => ({ companions: receipts });

  it('are another delivery’s when the ledger knows them', async () => {
    rig.renew();
    const receipt = await send(rig.make(), makeOutgoing(draft));
    const outgoing = makeOutgoing(draft, companionsOf(receipt));

    const found = await rig.make().find(outgoing, patience());
    const again = await attemptAgain(rig.make(), outgoing);

    expect(found).toEqual({ kind: 'absent' });
    expect(again.kind).toBe('sent');
    expect(rig.texts()).toEqual([...texts, ...texts]);
  });

  it('are told apart in the middle of a thread', async () => {
    rig.renew();
    const receipt = await send(rig.make(), makeOutgoing(draft));
    const outgoing = makeOutgoing(draft, companionsOf(receipt));
    failAt(2, 'reset-after');
    await rig.make().publish(outgoing, [], patience());

    const again = await attemptAgain(rig.make(), outgoing);

    expect(again.kind).toBe('sent');
    expect(rig.texts()).toEqual([...texts, ...texts]);
  });

  it('are not the thread’s when they answer something else', async () => {
    rig.renew();
    const words = withTexts('A first post', 'Read more at https://example.org/');
    const other = fake.postAs(rig.account().id, 'Another first post');
    fake.postAs(rig.account().id, 'Read more at https://example.org/', { inReplyToId: other.id });
    const outgoing = makeOutgoing(words);
    failAt(1, 'reset-before');
    await rig.make().publish(outgoing, [], patience());

    const found = await rig.make().find(outgoing, patience());

    expect(found.kind === 'begun' && found.posts).toHaveLength(1);
  });

  it('are not the thread’s when they are days older than it', async () => {
    rig.renew();
    const at = new Date(Date.now() - 3 * DAY_MS);
    fake.postAs(rig.account().id, 'A first post', { at });

    const found = await rig.make().find(makeOutgoing(withTexts('A first post')), patience());

    expect(found).toEqual({ kind: 'absent' });
  });

  it.each([
    ['its punctuation', 'It was late. We left early', 'It was late; we left early'],
    ['an address', 'See https://example.org/a for more', 'See https://example.org/b for more'],
  ])('but for %s are other posts', async (_what, one, other) => {
    rig.renew();
    await send(rig.make(), makeOutgoing(withTexts(one)));

    const found = await rig.make().find(makeOutgoing(withTexts(other)), patience());

    expect(found).toEqual({ kind: 'absent' });
  });

  it.each([
    'Three\n\n\nempty lines, and  two spaces',
    'A #hashtag & <b>signs</b> "here" — it’s 5 > 3',
    'https://www.example.org/a/very/long/path/that/is/cut?q=1&r=ä#x (see there).',
    '⭐ ♥ 👩‍👩‍👧',
  ])('are recognised however the server shows them: %j', async (text) => {
    rig.renew();
    const outgoing = makeOutgoing(withTexts(text));
    const receipt = await send(rig.make(), outgoing);

    const found = await rig.make().find(outgoing, patience());

    expect(found).toEqual({ kind: 'whole', receipt });
  });
});

describe('the words that Mastodon shows', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom('\n', '\n\n', ' ', '&amp;', '<br>', '#tag', '(', ').', '⭐'),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
  );

  it('are always alike to those of the post that has them, so that its source is asked for', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const text = words.join('').trim();

        return isAlike(readContent(renderContent(text, 'https://example.org')), text);
      }),
    );
  });

  it.each(['reset-before', 'rate-limit'] as const)(
    'are in place though the look at their source meets %s',
    async (kind) => {
      rig.renew();
      const outgoing = makeOutgoing(withTexts('Three\n\n\nempty lines'));
      fake.inject({ path: /^GET .*source$/, kind, retryAfterMs: 1000 });

      const attempt = await rig.make().publish(outgoing, [], patience());
      const again = await attemptAgain(rig.make(), outgoing);

      expect([attempt.kind, again.kind]).toEqual(['unknown', 'sent']);
      expect(rig.texts()).toHaveLength(1);
    },
  );

  it('are those of an earlier form of the post where its key was used for that', async () => {
    rig.renew();
    const outgoing = makeOutgoing(withTexts('One', 'Two'));
    failAt(1, 'reset-before');
    await rig.make().publish(outgoing, [], patience());

    const rewritten = { ...outgoing, draft: withTexts('One, rewritten', 'Two') };
    const attempt = await rig.make().publish(rewritten, [], patience());

    expect(attempt.kind === 'refused' && attempt.reason).toMatch(/with another text/);
    expect(rig.texts()).toEqual(['One']);
  });
});

describe('a correction on Mastodon', () => {
  it('keeps the posts’ ids, and what they were before in their history', async () => {
    rig.renew();
    const old = makeOutgoing(withTexts('One', 'Two'));
    const receipt = await send(rig.make(), old);

    const words = withTexts('One', 'Two, corrected', 'Three');
    const corrected = await send(rig.make(), makeCorrection(old, receipt, words, 'edit'));

    const statuses = fake.statuses(rig.account().id);
    expect(corrected.posts.slice(0, 2)).toEqual(receipt.posts);
    expect(statuses.map(({ history }) => history)).toEqual([[], ['Two'], []]);
    expect(statuses[2]?.inReplyToId).toBe(statuses[1]?.id);
  });

  it('is refused when it is to be made another way', async () => {
    const old = makeOutgoing(withTexts('One'));

    const correction = makeCorrection(old, { posts: [] }, withTexts('Two'), 'repost');
    const attempt = await rig.make().publish(correction, [], patience());

    expect(attempt.kind).toBe('refused');
  });

  it('changes nothing where a later post of the thread was deleted', async () => {
    rig.renew();
    const old = makeOutgoing(withTexts('One', 'Two'));
    const receipt = await send(rig.make(), old);
    fake.deleteStatus(receipt.posts[1]?.id ?? '');

    const words = withTexts('One, corrected', 'Two, corrected');
    const attempt = await rig
      .make()
      .publish(makeCorrection(old, receipt, words, 'edit'), [], patience());

    expect(attempt.kind).toBe('refused');
    expect(rig.texts()).toEqual(['One']);
  });
});
