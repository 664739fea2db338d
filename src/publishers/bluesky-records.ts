import { cidForLex } from '@atproto/lex-cbor';
import { type JsonValue, jsonToLex } from '@atproto/lex-json';
import type { BlueskyPost } from '../../formatters/bluesky.ts';
import { makeTid } from '../kit/ids.ts';
import type { EmbeddedImage, ThreadImages } from './bluesky-images.ts';

/** Names one version of a record: `com.atproto.repo.strongRef`. */
export type StrongRef = { readonly uri: string; readonly cid: string };

type ImagesEmbed = {
  readonly $type: 'app.bsky.embed.images';
  readonly images: readonly EmbeddedImage[];
};

/** A post's record as it is written, and where. */
export type ThreadRecord = {
  readonly rkey: string;
  readonly uri: string;
  readonly cid: string;
  readonly value: Omit<BlueskyPost, 'images' | 'embed'> & {
    readonly embed?: BlueskyPost['embed'] | ImagesEmbed;
    readonly createdAt: string;
    readonly reply?: { readonly root: StrongRef; readonly parent: StrongRef };
  };
};

export const POST_COLLECTION = 'app.bsky.feed.post';

/** The keys of a thread's records, which derive from the delivery. */
export function makeThreadKeys(deliveryId: string, at: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) => makeTid(deliveryId, at, index));
}

/**
 * The records of a whole thread. Record keys and `createdAt` derive from the delivery, and the
 * content hashes are computed here, so that every reply can name its parent before anything is
 * sent, and the same delivery with the same images always gives the same records.
 * https://atproto.com/specs/data-model
 */
export async function makeThreadRecords(
  repo: string,
  deliveryId: string,
  at: Date,
  posts: readonly BlueskyPost[],
  images: ThreadImages,
): Promise<ThreadRecord[]> {
  const records: ThreadRecord[] = [];
  for (const [index, { images: _, ...post }] of posts.entries()) {
    const rkey = makeTid(deliveryId, at, index);
    const root = records[0];
    const parent = records.at(-1);
    const shown = images[index] ?? [];
    const value = {
      ...post,
      ...(shown.length === 0 ? {} : { embed: makeEmbed(shown) }),
      createdAt: new Date(at.getTime() + index).toISOString(),
      ...(root === undefined || parent === undefined
        ? {}
        : { reply: { root: refer(root), parent: refer(parent) } }),
    };
    const json = JSON.parse(JSON.stringify(value)) as JsonValue;
    const cid = (await cidForLex(jsonToLex(json))).toString();
    records.push({ rkey, uri: `at://${repo}/${POST_COLLECTION}/${rkey}`, cid, value });
  }
  return records;
}

function makeEmbed(images: readonly EmbeddedImage[]): ImagesEmbed {
  return { $type: 'app.bsky.embed.images', images };
}

function refer({ uri, cid }: ThreadRecord): StrongRef {
  return { uri, cid };
}
