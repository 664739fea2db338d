import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AtpAgent } from '@atproto/api';
import sharp from 'sharp';
import type { Pds } from '../../pds/start.ts';
import type { PlacedPost, PlacedThread, Venue, VenueKind } from '../venue.ts';

/** A real PDS; each place is an account of its own. */
export function makeBlueskyKinds(pds: Pds): VenueKind[] {
  const accounts = [...pds.accounts];
  const open = async (parts: Pick<Venue, 'name'> & Partial<Venue>): Promise<Venue> => {
    const account = accounts.pop();
    if (account === undefined) throw new Error('the PDS has no account left');
    const agent = new AtpAgent({ service: pds.url });
    await agent.login({ identifier: account.handle, password: account.appPassword });
    return {
      to: 'bluesky',
      platform: 'bluesky',
      env: {
        BLUESKY_SERVICE: pds.url,
        BLUESKY_IDENTIFIER: account.handle,
        BLUESKY_APP_PASSWORD: account.appPassword,
      },
      settings: {},
      paragraphs: 3,
      corrections: ['repost', 'reply'],
      read: () => readThreads(agent, account.did),
      describe,
      // Each process logs in anew, so that a login is among the steps.
      forget: (dataFolder) => rm(join(dataFolder, 'sessions'), { recursive: true, force: true }),
      close: async () => {},
      ...parts,
    };
  };
  return [
    { name: 'bluesky', open: () => open({ name: 'bluesky' }) },
    {
      name: 'bluesky with images',
      open: async () => {
        const { host, close } = await serveImage();
        return open({
          name: 'bluesky with images',
          imageUrl: `http://${host}/figure.png`,
          settings: { fetch: { allow: [host] } },
          forget: async () => {},
          close,
        });
      },
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

/** Each root with the replies that follow from it, one upon the other; what hangs on nothing, alone. */
async function readThreads(agent: AtpAgent, repo: string): Promise<PlacedThread[]> {
  const records = await readRecords(agent, repo);
  const byParent = new Map<string, string>();
  const posts = new Map<string, Post>();
  for (const { uri, value } of records) {
    const post = value as Post;
    posts.set(uri, post);
    if (post.reply !== undefined) byParent.set(post.reply.parent.uri, uri);
  }
  const seen = new Set<string>();
  const threads: PlacedThread[] = [];
  const walk = (from: string): void => {
    const thread: PlacedPost[] = [];
    let uri: string | undefined = from;
    while (uri !== undefined && !seen.has(uri)) {
      const post = posts.get(uri);
      if (post === undefined) break;
      seen.add(uri);
      thread.push({ id: uri, words: describe(post) });
      const next = byParent.get(uri);
      // A reply whose root is another thread's is not joined to this one.
      const isJoined = next !== undefined && posts.get(next)?.reply?.root.uri === from;
      uri = isJoined ? next : undefined;
    }
    if (thread.length > 0) threads.push(thread);
  };
  for (const [uri, { reply }] of posts) if (reply === undefined) walk(uri);
  for (const uri of posts.keys()) walk(uri);
  return threads;
}

async function readRecords(
  agent: AtpAgent,
  repo: string,
): Promise<{ readonly uri: string; readonly value: unknown }[]> {
  const all: { readonly uri: string; readonly value: unknown }[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await agent.com.atproto.repo.listRecords({
      repo,
      collection: 'app.bsky.feed.post',
      limit: 100,
      reverse: true,
      ...(cursor === undefined ? {} : { cursor }),
    });
    all.push(...data.records);
    cursor = data.records.length < 100 ? undefined : data.cursor;
  } while (cursor !== undefined);
  return all;
}

/** One picture, whatever is asked for. */
async function serveImage(): Promise<{ readonly host: string; close(): Promise<void> }> {
  const create = { width: 64, height: 32, channels: 3, background: '#3a6ea5' } as const;
  const bytes = await sharp({ create }).png().toBuffer();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': bytes.length });
    response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
