import { Agent, type AtpSessionData, CredentialSession } from '@atproto/api';
import { afterAll } from 'vitest';
import type { BlueskyAccount, SessionStore } from '../../src/publishers/bluesky-session.ts';
import { type FaultyProxy, startFaultyProxy } from '../pds/faulty-proxy.ts';
import { startPds } from '../pds/start.ts';

/** A record of a thread as the server shows it. */
export type StoredPost = {
  readonly text: string;
  readonly createdAt: string;
  readonly facets?: {
    index: { byteStart: number; byteEnd: number };
    features: { uri?: string }[];
  }[];
  readonly embed?: {
    readonly $type: string;
    readonly images?: {
      readonly alt: string;
      readonly image: {
        readonly ref: { readonly $link: string };
        readonly mimeType: string;
        readonly size: number;
      };
      readonly aspectRatio?: { readonly width: number; readonly height: number };
    }[];
  };
  readonly reply?: { root: { uri: string; cid: string }; parent: { uri: string; cid: string } };
};
export type StoredRecord = {
  readonly uri: string;
  readonly cid: string;
  readonly value: StoredPost;
};

export type BlueskyRig = {
  /** The server's own address, without the proxy. */
  readonly url: string;
  readonly proxy: FaultyProxy;
  readonly did: string;
  /** Leads through the proxy. */
  readonly login: BlueskyAccount;
  /** Reads and writes past the proxy. */
  readonly agent: Agent;
  /** Oldest first, in plain JSON. */
  readRecords(): Promise<StoredRecord[]>;
  emptyPlace(): Promise<void>;
};

export const COLLECTION = 'app.bsky.feed.post';

/** A real PDS with one account, behind a proxy that fails on command; closed after the file's tests. */
export async function startBlueskyRig(): Promise<BlueskyRig> {
  const pds = await startPds();
  const proxy = await startFaultyProxy(pds.url);
  afterAll(async () => {
    await proxy.close();
    await pds.close();
  });
  const [account] = pds.accounts;
  if (account === undefined) throw new Error('the PDS has no account');
  const { did, handle, appPassword } = account;
  const reader = new CredentialSession(new URL(pds.url));
  await reader.login({ identifier: handle, password: appPassword });
  const agent = new Agent((path, init) => reader.fetchHandler(path, init));

  const readRecords = async (): Promise<StoredRecord[]> => {
    const { data } = await agent.com.atproto.repo.listRecords({
      repo: did,
      collection: COLLECTION,
      limit: 100,
      reverse: true,
    });
    return JSON.parse(JSON.stringify(data.records)) as StoredRecord[];
  };
  return {
    url: pds.url,
    proxy,
    did,
    login: { service: proxy.url, identifier: handle, appPassword },
    agent,
    readRecords,
    async emptyPlace() {
      for (const { uri } of await readRecords()) {
        const rkey = uri.split('/').at(-1) ?? '';
        await agent.com.atproto.repo.deleteRecord({ repo: did, collection: COLLECTION, rkey });
      }
    },
  };
}

/** One session for all clients, as on disk; without one to log in with. */
export function keepSession(): SessionStore & { logins: number } {
  let kept: AtpSessionData | undefined;
  return {
    logins: 0,
    read: async () => kept,
    async write(session) {
      if (kept === undefined) this.logins += 1;
      kept = session;
    },
    async forget(refreshJwt) {
      if (kept?.refreshJwt === refreshJwt) kept = undefined;
    },
  };
}
