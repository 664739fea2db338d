import { cidForLex } from '@atproto/lex-cbor';
import { type JsonValue, jsonToLex } from '@atproto/lex-json';
import type { BlueskyPost } from '../../formatters/bluesky.ts';
import { makeTid } from '../kit/ids.ts';
import type { EmbeddedImage, ImageBlob, PostMedia, ThreadMedia } from './bluesky-blobs.ts';

/** Names one version of a record: `com.atproto.repo.strongRef`. */
export type StrongRef = { readonly uri: string; readonly cid: string };

type ImagesEmbed = {
  readonly $type: 'app.bsky.embed.images';
  readonly images: readonly EmbeddedImage[];
};

type CardEmbed = {
  readonly $type: 'app.bsky.embed.external';
  readonly external: NonNullable<BlueskyPost['embed']>['external'] & { readonly thumb?: ImageBlob };
};

/** What a post answers: the thread's first post, and the one right before it. */
export type ReplyRefs = { readonly root: StrongRef; readonly parent: StrongRef };

/** A post's record as it is written, and where. */
export type ThreadRecord = {
  readonly rkey: string;
  readonly uri: string;
  readonly cid: string;
  readonly value: Omit<BlueskyPost, 'images' | 'thumb' | 'embed'> & {
    readonly embed?: CardEmbed | ImagesEmbed;
    readonly createdAt: string;
    readonly reply?: ReplyRefs;
  };
};

export const POST_COLLECTION = 'app.bsky.feed.post';

/** The keys of a thread's records, which derive from the delivery. */
export function makeThreadKeys(deliveryId: string, at: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) => makeTid(deliveryId, at, index));
}

/**
 * The records of a whole thread, which may answer another one. Record keys and `createdAt` derive
 * from the delivery, and the content hashes are computed here, so that every reply can name its
 * parent before anything is sent, and the same delivery with the same images always gives the same
 * records. https://atproto.com/specs/data-model
 */
export async function makeThreadRecords(
  repo: string,
  deliveryId: string,
  at: Date,
  posts: readonly BlueskyPost[],
  media: ThreadMedia,
  answered?: ReplyRefs,
): Promise<ThreadRecord[]> {
  const records: ThreadRecord[] = [];
  for (const [index, { images: _, thumb: __, embed: card, ...post }] of posts.entries()) {
    const rkey = makeTid(deliveryId, at, index);
    const embed = makeEmbed(card, media[index]);
    const reply = makeReply(records, answered);
    const value = {
      ...post,
      ...(embed === undefined ? {} : { embed }),
      createdAt: new Date(at.getTime() + index).toISOString(),
      ...(reply === undefined ? {} : { reply }),
    };
    const json = JSON.parse(JSON.stringify(value)) as JsonValue;
    const cid = (await cidForLex(jsonToLex(json))).toString();
    records.push({ rkey, uri: `at://${repo}/${POST_COLLECTION}/${rkey}`, cid, value });
  }
  return records;
}

function makeEmbed(
  card: BlueskyPost['embed'],
  { images, thumb }: PostMedia = { images: [] },
): CardEmbed | ImagesEmbed | undefined {
  if (images.length > 0) return { $type: 'app.bsky.embed.images', images };
  if (card === undefined || thumb === undefined) return card;
  return { ...card, external: { ...card.external, thumb } };
}

function makeReply(
  before: readonly ThreadRecord[],
  answered: ReplyRefs | undefined,
): ReplyRefs | undefined {
  const [first] = before;
  const last = before.at(-1);
  if (first === undefined || last === undefined) return answered;
  return { root: answered?.root ?? refer(first), parent: refer(last) };
}

function refer({ uri, cid }: ThreadRecord): StrongRef {
  return { uri, cid };
}
