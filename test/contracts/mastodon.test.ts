import { makeDraft, makeDrafts } from './drafts.ts';
import { makeLedger, startMastodonRig, WRITES } from './mastodon-rig.ts';
import { describePublisher, type RigFault } from './publisher-contract.ts';

const rig = await startMastodonRig({ rateLimits: false });
const { fake } = rig;
const keepLedger = makeLedger();

function inject(fault: RigFault, skip = 0): void {
  const path = WRITES;
  if (skip > 0) fake.inject({ path, kind: 'delay', delayMs: 0, times: skip });
  if (fault === 'rate-limit' || fault === 'rate-limit-silent') {
    const hasRetryAfter = fault === 'rate-limit';
    fake.inject({ path, kind: 'rate-limit', retryAfterMs: 60_000, hasRetryAfter });
  } else if (fault === 'status-before' || fault === 'status-after') {
    fake.inject({ path, kind: fault, status: 502 });
  } else if (fault === 'hang-body') fake.inject({ path, kind: 'hang-body-after' });
  else fake.inject({ path, kind: fault });
}

const drafts = makeDrafts('mastodon', 3);
const { draft } = drafts;
if (draft.platform !== 'mastodon') throw new Error('not a Mastodon draft');
const [first] = draft.posts;
if (first === undefined) throw new Error('an empty draft');
// How long a text may be is the server's; how many images, no server has otherwise.
const media = Array.from({ length: 5 }, (_, n) => ({
  url: `https://example.org/${n}.png`,
  description: 'A figure',
}));

describePublisher('Mastodon', async () => ({
  ...drafts,
  foreignDraft: makeDraft('bluesky', 1),
  longDraft: { ...draft, posts: [{ ...first, media }] },
  make: () => keepLedger(rig.make()),
  readPlace: async () => rig.texts(),
  emptyPlace: async () => rig.renew(),
  countRequests: () => fake.requests.length,
  inject,
  calm: () => fake.calm(),
  makeUnreachable: () => rig.make({}, { server: 'http://127.0.0.1:1' }),
  makeUnauthorized: () => rig.make({}, { accessToken: 'a-token-of-nobody' }),
  revoke: async () => fake.revokeToken(rig.account().accessToken),
  restore: async () => fake.restoreToken(rig.account().accessToken),
  removePlace: async () => fake.removeAccount(rig.account().id),
  refuseContent: () => fake.refuseNextStatus(422, 'Validation failed: Text is not wanted here'),
  deletePost: async (index) => fake.deleteStatus(fake.statuses(rig.account().id)[index]?.id ?? ''),
  corrections: ['edit'],
  without: { expire: 'the token of a Mastodon account does not run out' },
}));
