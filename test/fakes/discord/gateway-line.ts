import { deflateSync } from 'node:zlib';
import type { WebSocket } from 'ws';
import { closeCodes, type IdentifyRules, refuseIdentify } from './gateway-identify.ts';
import type { Session } from './gateway-session.ts';
import { isJsonObject, type JsonObject, numberOf, textOf } from './json.ts';

/** Events that a client may send in a minute: https://discord.com/developers/docs/events/gateway#rate-limiting */
const LIMIT_SENDS = 120;
const SENDS_WINDOW_MS = 60_000;

/** What a connection asks of the gateway behind it. */
export type LineHost = {
  readonly heartbeatIntervalMs: number;
  /** Heartbeats are taken and not acknowledged: a zombie connection. */
  readonly isMute: () => boolean;
  readonly rules: () => IdentifyRules;
  /** What the client sent, for the tests to read. */
  note(op: number, data: unknown): void;
  /** A session for an IDENTIFY; nothing when the starts are used up, which is op 9. */
  begin(identify: JsonObject, line: Line): Session | undefined;
  /** The session of a RESUME, its missed events replayed; nothing is op 9. */
  resume(resume: JsonObject, line: Line): Session | 'bad-sequence' | undefined;
  closed(line: Line, code: number): void;
};

/** One WebSocket of a client. */
export type Line = {
  readonly session: Session | undefined;
  send(payload: JsonObject): void;
  close(code: number, reason?: string): void;
  /** Ends the TCP connection without a word. */
  cut(): void;
  /** Op 9; the client must RESUME or IDENTIFY again on this line or another. */
  invalidate(isResumable: boolean): void;
};

/** Speaks the gateway's protocol over a socket: https://discord.com/developers/docs/events/gateway */
export function openLine(socket: WebSocket, host: LineHost): Line {
  let session: Session | undefined;
  let isCompressed = false;
  let heardAt = performance.now();
  const sends: number[] = [];

  const line: Line = {
    get session() {
      return session;
    },
    send(payload) {
      if (socket.readyState !== socket.OPEN) return;
      const text = JSON.stringify(payload);
      socket.send(isCompressed ? deflateSync(text) : text);
    },
    close: (code, reason = '') => socket.close(code, reason),
    cut: () => socket.terminate(),
    invalidate(isResumable) {
      if (session !== undefined) session.outlet = undefined;
      session = undefined;
      line.send({ op: 9, d: isResumable });
    },
  };

  function take(op: unknown, data: unknown): void {
    host.note(Number(op), data);
    if (op === 1) {
      heardAt = performance.now();
      if (!host.isMute()) line.send({ op: 11 });
      return;
    }
    const code = op === 2 ? identify(data) : op === 6 ? resume(data) : refuseOther(Number(op));
    if (code !== undefined) line.close(code, reasons[code]);
  }

  /** The code to close with, or nothing. */
  function identify(data: unknown): number | undefined {
    if (session !== undefined) return closeCodes.alreadyAuthenticated;
    const code = refuseIdentify(data, host.rules());
    if (code !== undefined || !isJsonObject(data)) return code;
    isCompressed = data.compress === true;
    session = host.begin(data, line);
    if (session === undefined) line.send({ op: 9, d: false });
    return undefined;
  }

  function resume(data: unknown): number | undefined {
    if (session !== undefined) return closeCodes.alreadyAuthenticated;
    if (!isJsonObject(data)) return closeCodes.decodeError;
    if (!host.rules().isTokenValid(textOf(data.token))) return closeCodes.authenticationFailed;
    const found = host.resume(data, line);
    if (found === 'bad-sequence') return closeCodes.invalidSequence;
    session = found;
    if (session === undefined) line.send({ op: 9, d: false });
    return undefined;
  }

  /** Presence, voice, members and sounds are taken and ignored. */
  function refuseOther(op: number): number | undefined {
    if (![3, 4, 8, 31].includes(op)) return closeCodes.unknownOpcode;
    return session === undefined ? closeCodes.notAuthenticated : undefined;
  }

  // Two intervals without a heartbeat: the client is dead.
  const watch = setInterval(() => {
    if (performance.now() - heardAt > 2 * host.heartbeatIntervalMs) {
      line.close(closeCodes.sessionTimedOut, 'Session timed out');
    }
  }, host.heartbeatIntervalMs).unref();

  socket.on('message', (data) => {
    const now = performance.now();
    while (numberOf(sends[0]) < now - SENDS_WINDOW_MS && sends.length > 0) sends.shift();
    sends.push(now);
    if (sends.length > LIMIT_SENDS) return line.close(closeCodes.rateLimited);
    const payload = parse(String(data));
    if (payload === undefined) return line.close(closeCodes.decodeError);
    take(payload.op, payload.d);
  });
  // A cut line is no error of the fake.
  socket.on('error', () => socket.terminate());
  socket.on('close', (code) => {
    clearInterval(watch);
    host.closed(line, code);
  });
  line.send({ op: 10, d: { heartbeat_interval: host.heartbeatIntervalMs, _trace: [] } });
  return line;
}

const reasons: Readonly<Record<number, string>> = {
  [closeCodes.authenticationFailed]: 'Authentication failed.',
  [closeCodes.invalidShard]: 'Invalid shard.',
  [closeCodes.invalidIntents]: 'Invalid intent(s).',
  [closeCodes.disallowedIntents]: 'Disallowed intent(s).',
};

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
