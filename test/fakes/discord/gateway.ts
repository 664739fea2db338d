import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { makeGuildCreate, makeReady } from './gateway-events.ts';
import { closeCodes, intents } from './gateway-identify.ts';
import { type Line, type LineHost, openLine } from './gateway-line.ts';
import { makeSession, type Session } from './gateway-session.ts';
import { isJsonObject, type JsonObject, numberOf, textOf } from './json.ts';
import type { World } from './world.ts';

const READY_TIMEOUT_MS = 20_000;

/** Something that happened on a line: what a client sent (`op`), or how its line ended. */
export type GatewayNote =
  | { readonly kind: 'received'; readonly op: number; readonly data: unknown }
  | { readonly kind: 'closed'; readonly code: number };

/** The gateway as tests drive it. Each verb acts on every line that is open. */
export type Gateway = {
  /** Everything that clients sent, and every end of a line, in order. Tokens are left out. */
  readonly notes: readonly GatewayNote[];
  /** How often a client identified, and resumed, with success. */
  readonly identifies: number;
  readonly resumes: number;
  readonly isConnected: boolean;
  /** Resolves when a client has its session and its guilds; throws after `timeoutMs` (20 s). */
  whenReady(timeoutMs?: number): Promise<void>;
  /** Resolves when `resumes` has reached a number. */
  whenResumed(count?: number, timeoutMs?: number): Promise<void>;
  /** An event to every session, connected or away; throws when there is none. */
  dispatch(event: string, data: JsonObject): void;
  /** The same, and nothing happens when there is no session. */
  tell(event: string, data: JsonObject): void;
  /** Cuts TCP without a close frame. */
  cut(): void;
  close(code: number): void;
  /** Opcode 7. */
  askToReconnect(): void;
  /** Opcode 9; not resumable means that the session is gone. */
  invalidate(isResumable: boolean): void;
  /** Opcode 1: a heartbeat at once, please. */
  askForHeartbeat(): void;
  /** Heartbeats stay without ACK (or get it again). */
  mute(isMute?: boolean): void;
  /** The next RESUME gets this many events a second time, before those that it missed. */
  repeatOnResume(count: number): void;
  /** Forgets the sessions: a later RESUME meets opcode 9, not resumable. */
  forgetSessions(): void;
  /** Refuses the next connections at the WebSocket handshake, with 503. */
  refuseConnections(count: number): void;
  /** Grants privileged intents to the application. */
  grantIntents(bits: number): void;
};

/** How the gateway joins the fake. */
export type GatewayOptions = {
  readonly server: Server;
  readonly world: World;
  readonly isTokenValid: (token: string) => boolean;
  readonly heartbeatIntervalMs: number;
};

/**
 * Serves the gateway on the `upgrade` event of the HTTP server, without transport compression:
 * a client that asks for `compress=` is refused with 400; `compress` in IDENTIFY is honoured.
 */
export function attachGateway({
  server,
  world,
  isTokenValid,
  ...options
}: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const lines = new Set<Line>();
  const sessions = new Map<string, Session>();
  const notes: GatewayNote[] = [];
  const waiting = new Set<() => void>();
  const state = { identifies: 0, resumes: 0, isMute: false, repeats: 0, refusals: 0, granted: 0 };

  const changed = (): void => {
    for (const wake of waiting) wake();
  };

  const host: LineHost = {
    heartbeatIntervalMs: options.heartbeatIntervalMs,
    isMute: () => state.isMute,
    rules: () => ({ isTokenValid, grantedIntents: state.granted }),
    note: (op, data) => notes.push({ kind: 'received', op, data: withoutToken(data) }),
    begin(identify, line) {
      if (world.sessionStarts.remaining <= 0) return undefined;
      world.sessionStarts.remaining -= 1;
      const session = makeSession(numberOf(identify.intents));
      sessions.set(session.id, session);
      session.outlet = line;
      session.deliver('READY', makeReady(world, session.id));
      if ((session.intents & intents.guilds) !== 0) {
        session.deliver('GUILD_CREATE', makeGuildCreate(world));
      }
      state.identifies += 1;
      setImmediate(changed);
      return session;
    },
    resume(resume, line) {
      const session = sessions.get(textOf(resume.session_id));
      if (session === undefined) return undefined;
      const after = numberOf(resume.seq);
      if (after > session.events.length) return 'bad-sequence';
      session.outlet = line;
      session.replay(after, state.repeats);
      state.repeats = 0;
      session.deliver('RESUMED', { _trace: [] });
      state.resumes += 1;
      setImmediate(changed);
      return session;
    },
    closed(line, code) {
      lines.delete(line);
      notes.push({ kind: 'closed', code });
      const { session } = line;
      if (session?.outlet === line) session.outlet = undefined;
      // A client that leaves with 1000 or 1001 gives its session up.
      if (session !== undefined && (code === 1000 || code === 1001)) sessions.delete(session.id);
      changed();
    },
  };

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const query = new URL(request.url ?? '/', world.gatewayUrl).searchParams;
    if (state.refusals > 0 || query.has('compress') || query.get('encoding') === 'etf') {
      const status = state.refusals > 0 ? '503 Service Unavailable' : '400 Bad Request';
      state.refusals = Math.max(0, state.refusals - 1);
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (query.get('v') !== '10') return webSocket.close(closeCodes.invalidVersion);
      lines.add(openLine(webSocket, host));
    });
  });

  const until = async (test: () => boolean, what: string, timeoutMs: number): Promise<void> => {
    if (test()) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const wake = (): void => {
      if (test()) resolve();
    };
    const timer = setTimeout(
      () => reject(new Error(`Cannot go on as no client ${what} within ${timeoutMs} ms`)),
      timeoutMs,
    );
    waiting.add(wake);
    await promise.finally(() => {
      clearTimeout(timer);
      waiting.delete(wake);
    });
  };

  const each = (act: (line: Line) => void): void => {
    for (const line of [...lines]) act(line);
  };
  const isConnected = (): boolean => [...lines].some(({ session }) => session !== undefined);

  return {
    notes,
    get identifies() {
      return state.identifies;
    },
    get resumes() {
      return state.resumes;
    },
    get isConnected() {
      return isConnected();
    },
    whenReady: (timeoutMs = READY_TIMEOUT_MS) => until(isConnected, 'was ready', timeoutMs),
    whenResumed: (count = 1, timeoutMs = READY_TIMEOUT_MS) =>
      until(() => state.resumes >= count, `resumed ${count} times`, timeoutMs),
    dispatch(event, data) {
      if (sessions.size === 0) throw new Error(`Cannot send ${event} as no client has a session`);
      for (const session of sessions.values()) session.deliver(event, data);
    },
    tell(event, data) {
      for (const session of sessions.values()) session.deliver(event, data);
    },
    cut: () => each((line) => line.cut()),
    close: (code) => each((line) => line.close(code)),
    askToReconnect: () => each((line) => line.send({ op: 7, d: null })),
    invalidate: (isResumable) => {
      if (!isResumable) sessions.clear();
      each((line) => line.invalidate(isResumable));
    },
    askForHeartbeat: () => each((line) => line.send({ op: 1, d: null })),
    mute: (isMute = true) => {
      state.isMute = isMute;
    },
    repeatOnResume: (count) => {
      state.repeats = count;
    },
    forgetSessions: () => sessions.clear(),
    refuseConnections: (count) => {
      state.refusals = count;
    },
    grantIntents: (bits) => {
      state.granted |= bits;
    },
  };
}

function withoutToken(data: unknown): unknown {
  if (!isJsonObject(data) || !('token' in data)) return data;
  const { token: _, ...rest } = data;
  return rest;
}
