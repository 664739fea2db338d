import { describeError } from '../kit/errors.ts';
import { MastodonRefusal, makeMastodonRest } from './mastodon-rest.ts';

/** What a server turned out to be. */
export type MastodonServer =
  | { readonly kind: 'mastodon' }
  /** Something else answers there. */
  | { readonly kind: 'other'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Those that show themselves to their members alone do not say what they are. */
const MEMBERS_ONLY = [401, 403];
/** What stands before a server that is up: it says nothing of what is behind it. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;

/**
 * Asks a server whether it is one of Mastodon, with no account of it: `GET /api/v2/instance`.
 * https://docs.joinmastodon.org/methods/instance/#v2
 */
export async function checkMastodonServer(
  server: string,
  signal: AbortSignal,
): Promise<MastodonServer> {
  try {
    const client = makeMastodonRest({ server }, () => new Date()).open(signal);
    const { domain, configuration }: { domain?: unknown; configuration?: unknown } =
      await client.v2.instance.fetch();
    if (typeof domain === 'string' && typeof configuration === 'object') {
      return { kind: 'mastodon' };
    }
    return { kind: 'other', reason: 'what it answers is not of Mastodon' };
  } catch (error) {
    if (!(error instanceof MastodonRefusal)) {
      return { kind: 'unreachable', reason: describeError(error) };
    }
    const reason = `it answers ${error.status}`;
    if (isPassing(error.status)) return { kind: 'unreachable', reason };
    return MEMBERS_ONLY.includes(error.status) ? { kind: 'mastodon' } : { kind: 'other', reason };
  }
}
