import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Fault, makeFaults } from '../discord/faults.ts';
import { readBytes, send } from '../discord/wire.ts';
import { answerRequest, type House } from './answer.ts';
import { MastodonError } from './errors.ts';
import { DEFAULT_RATE_RULES, makeRateLimits, type RateRules } from './rate-limits.ts';
import { removeStatus } from './routes-statuses.ts';
import { endAfter, endUndone } from './wire.ts';
import {
  type Account,
  DEFAULT_RULES,
  type Media,
  makeSecret,
  makeWorld,
  type ServerRules,
  type Status,
} from './world.ts';

/** How a fake Mastodon is started; everything has a default. */
export type FakeMastodonOptions = {
  readonly rules?: Partial<ServerRules>;
  /** On unless false. */
  readonly rateLimits?: boolean | Partial<RateRules>;
  readonly now?: () => Date;
};

/** A request as it came in; `status` is null as long as no answer left. Never the token. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly idempotencyKey: string | undefined;
};

/** The handle of a running fake. */
export type FakeMastodon = {
  /** `http://127.0.0.1:PORT` */
  readonly server: string;
  readonly requests: readonly SeenRequest[];
  /** A new account with a token of those scopes. */
  addAccount(scopes?: readonly string[]): { readonly id: string; readonly accessToken: string };
  /** A token of an application, without a user. */
  addAppToken(): string;
  /** A person opens the address that an application gave them and allows it: the code. */
  authorize(address: string, accountId: string): string;
  /** From now on applications do not tell their scopes, as before 4.3. */
  hideScopes(): void;
  /** Another token of an account. */
  renewToken(id: string): string;
  revokeToken(accessToken: string): void;
  restoreToken(accessToken: string): void;
  /** What moderators do. */
  suspend(accountId: string): void;
  silence(accountId: string): void;
  /** With its posts and tokens. */
  removeAccount(accountId: string): void;
  setRules(rules: Partial<ServerRules>): void;
  /** A fresh upload answers so often that it is still processed. */
  setProcessing(looks: number): void;
  /** From now on a repeated key ends in 500, as in some versions. */
  breakKeys(isBroken: boolean): void;
  refuseNextStatus(status: number, message: string): void;
  /** A post that a person makes by hand, or a boost. */
  postAs(
    accountId: string,
    text: string,
    how?: { readonly inReplyToId?: string; readonly at?: Date; readonly reblogOf?: string },
  ): Status;
  deleteStatus(id: string): void;
  /** Oldest first. */
  statuses(accountId: string): readonly Status[];
  media(id: string): Media | undefined;
  /** `path` is matched with the method before it: `POST /api/v1/statuses`. */
  inject(fault: Fault): void;
  /** Forgets the faults that have not struck. */
  calm(): void;
  /** Cuts every connection, hanging ones too, and frees the port. */
  close(): Promise<void>;
};

const ALL_SCOPES = ['read:accounts', 'read:statuses', 'write:statuses', 'write:media'];

/** Starts a Mastodon on 127.0.0.1 that holds Mastodon's own rules, for the routes of a publisher. */
export async function startFakeMastodon(options: FakeMastodonOptions = {}): Promise<FakeMastodon> {
  const now = options.now ?? (() => new Date());
  const http = createServer();
  // An idle connection is never cut by chance: resets come from faults alone.
  http.keepAliveTimeout = 0;
  const server = `http://127.0.0.1:${await listen(http)}`;
  const world = makeWorld(server, now, { ...DEFAULT_RULES, ...options.rules });
  let faults = makeFaults();
  const requests: SeenRequest[] = [];
  const closing = new AbortController();
  const { rateLimits = true } = options;
  const house: House = {
    world,
    limits:
      rateLimits === false
        ? undefined
        : makeRateLimits(
            { ...DEFAULT_RATE_RULES, ...(rateLimits === true ? {} : rateLimits) },
            now,
          ),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', server);
    const fault = faults.take(method, `${method} ${url.pathname}`);
    const key = request.headers['idempotency-key'];
    const seen = { method, path: url.pathname, idempotencyKey: key?.toString() };
    const index = requests.push({ ...seen, status: null }) - 1;
    const bytes = await readBytes(request);
    if (fault?.kind === 'delay') await delay(fault.delayMs, undefined, { signal: closing.signal });
    const ending =
      endUndone(fault, now()) ??
      endAfter(fault, await answerRequest(house, { method, url, headers: request.headers, bytes }));
    requests[index] = { ...seen, status: send(request, response, ending) };
  }

  http.on('request', (request, response) => {
    // What fails here is a cut line or the close of the server: there is nobody left to tell.
    serve(request, response).catch(() => response.destroy());
  });

  const addToken = (accountId: string | undefined, scopes: readonly string[]): string => {
    const text = makeSecret();
    world.tokens.set(text, { text, accountId, scopes, isRevoked: false });
    return text;
  };
  const setRevoked = (text: string, isRevoked: boolean): void => {
    const token = world.tokens.get(text);
    if (token) token.isRevoked = isRevoked;
  };
  const needAccount = (id: string): Account => {
    const account = world.accounts.get(id);
    if (account === undefined) throw new Error(`the fake Mastodon has no account ${id}`);
    return account;
  };

  return {
    server,
    requests,
    addAccount: (scopes = ALL_SCOPES) => {
      const id = world.makeId();
      const username = `paper${world.accounts.size + 1}`;
      world.accounts.set(id, { id, username, isSilenced: false, isSuspended: false });
      return { id, accessToken: addToken(id, scopes) };
    },
    addAppToken: () => addToken(undefined, ALL_SCOPES),
    authorize: (address, accountId) => {
      const { origin, pathname, searchParams } = new URL(address);
      const clientId = searchParams.get('client_id') ?? '';
      const app = world.apps.get(clientId);
      const asked = searchParams.get('scope')?.split(' ') ?? [];
      const isGood =
        origin === server &&
        pathname === '/oauth/authorize' &&
        searchParams.get('response_type') === 'code' &&
        searchParams.get('redirect_uri') === app?.redirectUri &&
        asked.every((scope) => app?.scopes.includes(scope));
      if (!isGood) throw new Error(`the fake Mastodon shows no page there: ${address}`);
      const code = makeSecret();
      world.codes.set(code, { clientId, accountId: needAccount(accountId).id });
      return code;
    },
    hideScopes: () => {
      world.hidesScopes = true;
    },
    renewToken: (id) => addToken(needAccount(id).id, ALL_SCOPES),
    revokeToken: (text) => setRevoked(text, true),
    restoreToken: (text) => setRevoked(text, false),
    suspend: (id) => {
      needAccount(id).isSuspended = true;
    },
    silence: (id) => {
      needAccount(id).isSilenced = true;
    },
    removeAccount: (id) => {
      world.accounts.delete(id);
      for (const token of world.tokens.values()) {
        if (token.accountId === id) world.tokens.delete(token.text);
      }
      for (const { id: own, accountId } of [...world.statuses.values()]) {
        if (accountId === id) world.statuses.delete(own);
      }
    },
    setRules: (rules) => {
      world.rules = { ...world.rules, ...rules };
    },
    setProcessing: (looks) => {
      world.looksUntilReady = looks;
    },
    breakKeys: (isBroken) => {
      world.isKeyBroken = isBroken;
    },
    refuseNextStatus: (status, message) => {
      world.refusal = new MastodonError(status, message);
    },
    postAs: (accountId, text, { inReplyToId, at = now(), reblogOf } = {}) => {
      const status: Status = {
        id: world.makeId(),
        accountId,
        createdAt: at,
        visibility: 'public',
        reblogOf: reblogOf ?? null,
        inReplyToId: inReplyToId ?? null,
        text,
        language: 'en',
        mediaIds: [],
        editedAt: null,
        history: [],
      };
      world.statuses.set(status.id, status);
      return status;
    },
    deleteStatus: (id) => removeStatus(world, id),
    statuses: (accountId) =>
      [...world.statuses.values()].filter((status) => status.accountId === accountId),
    media: (id) => world.media.get(id),
    inject: (fault) => faults.inject(fault),
    calm: () => {
      faults = makeFaults();
    },
    close: () => {
      closing.abort();
      return closeServer(http);
    },
  };
}

function listen(server: Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
  return promise;
}

function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
