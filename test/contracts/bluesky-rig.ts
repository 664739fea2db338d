import { Agent, type AtpSessionData, CredentialSession } from '@atproto/api';
import { afterAll } from 'vitest';
import type { BlueskyAccount, SessionStore } from '../../src/publishers/bluesky-session.ts';
import { expireToken } from '../pds/expire-token.ts';
import { type FaultyProxy, startFaultyProxy } from '../pds/faulty-proxy.ts';
import type { Account } from '../pds/serve.ts';
import { type Pds, startPds } from '../pds/start.ts';

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
    readonly external?: {
      readonly thumb?: { readonly ref: { readonly $link: string }; readonly size: number };
    };
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
  /** Leads through the proxy; its app password is the one that is valid, as after a restart. */
  readonly login: BlueskyAccount;
  /** Reads and writes past the proxy, with all that the account's owner may do. */
  readonly agent: Agent;
  /** Oldest first, in plain JSON. */
  readRecords(): Promise<StoredRecord[]>;
  emptyPlace(): Promise<void>;
  deleteRecord(uri: string): Promise<void>;
  /** From now on, or so many times, writes through the proxy arrive with a token that ran out. */
  expireTokens(times: number): Promise<void>;
  /** The owner takes the app password away, and makes a new one. */
  revokePassword(): Promise<void>;
  renewPassword(): Promise<void>;
  /** Asks as the server's operator. */
  administrate(method: string, input: object): Promise<void>;
};

export const COLLECTION = 'app.bsky.feed.post';

/** The name under which the test PDS makes app passwords. */
const PASSWORD_NAME = 'paperboy';

/** A real PDS with one account, behind a proxy that fails on command; closed after the file's tests. */
export async function startBlueskyRig(): Promise<BlueskyRig> {
  const [rig] = await startBlueskyRigs({ accounts: 1 });
  if (rig === undefined) throw new Error('the PDS has no account');
  return rig;
}

/** The same for several accounts on one PDS, behind one proxy. */
export async function startBlueskyRigs(
  options: Parameters<typeof startPds>[0],
): Promise<BlueskyRig[]> {
  const pds = await startPds(options);
  const proxy = await startFaultyProxy(pds.url);
  afterAll(async () => {
    await proxy.close();
    await pds.close();
  });
  return Promise.all(pds.accounts.map((account) => makeRig(pds, proxy, account)));
}

async function makeRig(
  { url, adminPassword, jwtSecret }: Pds,
  proxy: FaultyProxy,
  { did, handle, password, appPassword }: Account,
): Promise<BlueskyRig> {
  const owner = new CredentialSession(new URL(url));
  await owner.login({ identifier: handle, password });
  const agent = new Agent((path, init) => owner.fetchHandler(path, init));
  let valid = appPassword;

  const readRecords = async (): Promise<StoredRecord[]> => {
    const { data } = await agent.com.atproto.repo.listRecords({
      repo: did,
      collection: COLLECTION,
      limit: 100,
      reverse: true,
    });
    return JSON.parse(JSON.stringify(data.records)) as StoredRecord[];
  };
  const deleteRecord = async (uri: string): Promise<void> => {
    const rkey = uri.split('/').at(-1) ?? '';
    await agent.com.atproto.repo.deleteRecord({ repo: did, collection: COLLECTION, rkey });
  };
  return {
    url,
    proxy,
    did,
    login: {
      service: proxy.url,
      identifier: handle,
      get appPassword() {
        return valid;
      },
    },
    agent,
    readRecords,
    async emptyPlace() {
      for (const { uri } of await readRecords()) await deleteRecord(uri);
    },
    deleteRecord,
    async expireTokens(times) {
      const token = expireToken(owner.session?.accessJwt ?? '', jwtSecret);
      const path = /com\.atproto\.repo\./;
      proxy.inject({ method: 'POST', path, kind: 'with-token', token, times });
    },
    async revokePassword() {
      await agent.com.atproto.server.revokeAppPassword({ name: PASSWORD_NAME });
    },
    async renewPassword() {
      const { data } = await agent.com.atproto.server.createAppPassword({ name: PASSWORD_NAME });
      valid = data.password;
    },
    async administrate(method, input) {
      const answer = await fetch(`${url}/xrpc/com.atproto.admin.${method}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(`admin:${adminPassword}`).toString('base64')}`,
        },
        body: JSON.stringify(input),
      });
      if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`);
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
