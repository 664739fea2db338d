import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AtpAgent } from '@atproto/api';
import type { Pds } from '../../pds/start.ts';
import { joinThreads, type Reply } from '../join-threads.ts';
import type { PlacedThread, Venue, VenueKind } from '../venue.ts';
import { serveImage } from './serve-image.ts';

const corrections = ['repost', 'reply'] as const;

/** A real PDS; each place is an account of its own, so long as there are any. */
export function makeBlueskyKinds(pds: Pds): VenueKind[] {
  const accounts = [...pds.accounts];
  const open = async (name: string, parts: Partial<Venue> = {}): Promise<Venue> => {
    const account = accounts.pop();
    if (account === undefined) throw new Error('the PDS has no account left');
    const agent = new AtpAgent({ service: pds.url });
    await agent.login({ identifier: account.handle, password: account.appPassword });
    return {
      ...{ name, corrections, describe },
      to: 'bluesky',
      platform: 'bluesky',
      env: {
        BLUESKY_SERVICE: pds.url,
        BLUESKY_IDENTIFIER: account.handle,
        BLUESKY_APP_PASSWORD: account.appPassword,
      },
      settings: {},
      paragraphs: 3,
      read: () => readThreads(agent, account.did),
      close: async () => {},
      ...parts,
    };
  };
  return [
    {
      name: 'bluesky',
      corrections,
      // Each process logs in anew, so that a login is among the steps.
      open: () =>
        open('bluesky', {
          forget: (dataFolder) =>
            rm(join(dataFolder, 'sessions'), { recursive: true, force: true }),
        }),
    },
    {
      name: 'bluesky-images',
      corrections,
      open: async () => open('bluesky-images', await serveImage()),
    },
  ];
}

/** A post as the draft or the record has it. */
type Post = {
  readonly text: string;
  readonly reply?: {
    readonly root: { readonly uri: string };
    readonly parent: { readonly uri: string };
  };
  readonly embed?: { readonly images?: readonly unknown[] };
  readonly images?: readonly unknown[];
};

function describe(post: unknown): string {
  const { text, images, embed } = post as Post;
  return `${text} [${(images ?? embed?.images ?? []).length} images]`;
}

async function readThreads(agent: AtpAgent, repo: string): Promise<PlacedThread[]> {
  const posts: Reply[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await agent.com.atproto.repo.listRecords({
      repo,
      collection: 'app.bsky.feed.post',
      limit: 100,
      reverse: true,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { uri, value } of data.records) {
      const { reply } = value as Post;
      const root = reply === undefined ? {} : { root: reply.root.uri };
      posts.push({ id: uri, words: describe(value), parent: reply?.parent.uri, ...root });
    }
    cursor = data.records.length < 100 ? undefined : data.cursor;
  } while (cursor !== undefined);
  return joinThreads(posts);
}
