import { type Agent, XRPCError } from '@atproto/api';

const COLLECTION = 'app.bsky.actor.profile';
const KEY = 'self';
/* https://github.com/bluesky-social/atproto/blob/main/lexicons/com/atproto/label/defs.json */
const SELF_LABELS = 'com.atproto.label.defs#selfLabels';
const MOST_LABELS = 10;
const BOT = 'bot';
/** So often somebody else may change the profile in the same moment. */
const MOST_TRIES = 4;

/** `there`: it had the label before. */
export type Labelled =
  | { readonly kind: 'set' | 'there' }
  | { readonly kind: 'failed'; readonly cause: unknown };

/**
 * Says in an account's own profile that it is a bot, for which the app shows a badge. All else of
 * the profile stays, other labels too, and so does what somebody changes in the same moment. Never
 * rejects.
 */
export async function setBotLabel(agent: Agent, did: string): Promise<Labelled> {
  try {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const { cid, profile } = await readProfile(agent, did);
      const values = readLabels(profile.labels);
      if (values.some(({ val }) => val === BOT)) return { kind: 'there' };
      if (values.length >= MOST_LABELS) throw new Error('the profile has as many labels as it may');
      const labels = { $type: SELF_LABELS, values: [...values, { val: BOT }] };
      const record = { ...profile, $type: COLLECTION, labels };
      try {
        await agent.com.atproto.repo.putRecord({
          repo: did,
          collection: COLLECTION,
          rkey: KEY,
          record,
          swapRecord: cid,
        });
        return { kind: 'set' };
      } catch (error) {
        if (!(error instanceof XRPCError) || error.error !== 'InvalidSwap') throw error;
      }
    }
    throw new Error('the profile is being changed all the time');
  } catch (cause) {
    return { kind: 'failed', cause };
  }
}

/** `cid` is null where there is no profile yet: it must still be so when one is written. */
async function readProfile(
  agent: Agent,
  did: string,
): Promise<{ readonly cid: string | null; readonly profile: Record<string, unknown> }> {
  try {
    const { data } = await agent.com.atproto.repo.getRecord({
      repo: did,
      collection: COLLECTION,
      rkey: KEY,
    });
    if (data.cid === undefined) throw new Error('the server does not say which profile it is');
    return { cid: data.cid, profile: data.value as Record<string, unknown> };
  } catch (error) {
    const isNone = error instanceof XRPCError && error.error === 'RecordNotFound';
    if (!isNone) throw error;
    return { cid: null, profile: {} };
  }
}

/** Labels of a kind that is not known here cannot be kept, so nothing is written over them. */
function readLabels(labels: unknown): readonly { readonly val: string }[] {
  if (labels === undefined) return [];
  const { $type, values } = labels as { $type?: unknown; values?: unknown };
  if ($type === SELF_LABELS && Array.isArray(values)) return values as { val: string }[];
  throw new Error('the profile has labels of an unknown kind');
}
