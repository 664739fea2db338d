import type { mastodon } from 'masto';
import { checkMastodonStatus, type MastodonStatus } from '../../formatters/mastodon.ts';
import { describeError, PaperboyError } from '../kit/errors.ts';
import { makeMastodonRest } from './mastodon-rest.ts';
import { type Refusal, refuseOverLimit } from './publisher.ts';

/** What a server allows. */
export type MastodonLimits = {
  /** A status, in the server's way of counting. */
  readonly maxCharacters: number;
  readonly charactersPerUrl: number;
  /** Images a status. */
  readonly mostMedia: number;
  /** Code points of an image's description. */
  readonly descriptionLength: number;
  readonly imageBytes: number;
  /** Width times height. */
  readonly imagePixels: number;
};

/**
 * A server that leaves something out means what Mastodon has.
 * https://github.com/mastodon/mastodon/blob/main/app/models/media_attachment.rb
 */
const DEFAULTS: MastodonLimits = {
  maxCharacters: 500,
  charactersPerUrl: 23,
  mostMedia: 4,
  descriptionLength: 1500,
  imageBytes: 16 * 1024 * 1024,
  imagePixels: 33_177_600,
};
const TIMEOUT_MS = 20_000;

/** What is wrong with a draft on every server is seen before one is asked. */
export const UNLIMITED = { maxCharacters: Number.POSITIVE_INFINITY, charactersPerUrl: 1 };

/**
 * Reads what a server allows, from `GET /api/v2/instance`, which is public. Throws `mastodon-limits`
 * when nothing can be read there.
 * https://docs.joinmastodon.org/entities/Instance/#configuration
 */
export async function readMastodonLimits(
  server: string,
  signal: AbortSignal = AbortSignal.timeout(TIMEOUT_MS),
): Promise<MastodonLimits> {
  try {
    const rest = makeMastodonRest({ server }, () => new Date());
    return await fetchLimits(rest.open(signal));
  } catch (error) {
    throw new PaperboyError(
      'mastodon-limits',
      `Cannot read the limits of ${server} as it gives no /api/v2/instance: ${describeError(error)}`,
      'Set MASTODON_SERVER to the address of a Mastodon server, such as https://mastodon.social.',
      error,
    );
  }
}

/** The same by a client that is there; rejects as the client does. */
export async function fetchLimits(client: mastodon.rest.Client): Promise<MastodonLimits> {
  return parseLimits(await client.v2.instance.fetch());
}

/** Says which of the posts a server with such limits would not take. */
export function refuseOver(
  posts: readonly MastodonStatus[],
  limits: Pick<MastodonLimits, 'maxCharacters' | 'charactersPerUrl'>,
): Refusal | undefined {
  for (const [index, post] of posts.entries()) {
    const why = checkMastodonStatus(post, limits);
    if (why === undefined) continue;
    const refusal = refuseOverLimit(index, why);
    const isFitting = checkMastodonStatus(post, UNLIMITED) === undefined;
    if (!isFitting) return refusal;
    const { maxCharacters, charactersPerUrl } = limits;
    return {
      ...refusal,
      remedy: `Set posts.mastodon.maxCharacters to ${maxCharacters} and posts.mastodon.charactersPerUrl to ${charactersPerUrl} if paperboy.yaml has them: that is what the server allows by now`,
    };
  }
  return undefined;
}

function parseLimits(instance: unknown): MastodonLimits {
  const configuration = memberOf(instance, 'configuration');
  const statuses = memberOf(configuration, 'statuses');
  const media = memberOf(configuration, 'mediaAttachments');
  return {
    maxCharacters: countOf(statuses, 'maxCharacters', DEFAULTS.maxCharacters),
    charactersPerUrl: countOf(statuses, 'charactersReservedPerUrl', DEFAULTS.charactersPerUrl),
    mostMedia: countOf(statuses, 'maxMediaAttachments', DEFAULTS.mostMedia),
    descriptionLength: countOf(media, 'descriptionLimit', DEFAULTS.descriptionLength),
    imageBytes: countOf(media, 'imageSizeLimit', DEFAULTS.imageBytes),
    imagePixels: countOf(media, 'imageMatrixLimit', DEFAULTS.imagePixels),
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function countOf(value: unknown, name: string, otherwise: number): number {
  const found = memberOf(value, name);
  return typeof found === 'number' && Number.isInteger(found) && found > 0 ? found : otherwise;
}
