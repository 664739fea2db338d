import { randomBytes } from 'node:crypto';
import type { JsonObject } from './json.ts';

/** An event as it went out, or waits to: its sequence number, name and data. */
export type SentEvent = { readonly s: number; readonly t: string; readonly d: JsonObject };

/** The connection of a session, as far as a session needs one. */
export type Outlet = { send(payload: JsonObject): void };

/**
 * What survives a lost connection
 * (https://discord.com/developers/docs/events/gateway#resuming): every event since READY, numbered.
 */
export type Session = {
  readonly id: string;
  readonly intents: number;
  readonly events: readonly SentEvent[];
  /** Absent while the client is away; its events wait then. */
  outlet: Outlet | undefined;
  /** Numbers and keeps an event, and sends it when somebody is there. */
  deliver(t: string, d: JsonObject): void;
  /** Sends again what came after a sequence number; `extra` more events before it as well. */
  replay(after: number, extra: number): void;
};

/** A fresh session without a connection. */
export function makeSession(intents: number): Session {
  const events: SentEvent[] = [];
  const session: Session = {
    id: randomBytes(16).toString('hex'),
    intents,
    events,
    outlet: undefined,
    deliver(t, d) {
      const event = { s: events.length + 1, t, d };
      events.push(event);
      session.outlet?.send({ op: 0, ...event });
    },
    replay(after, extra) {
      // READY itself is never replayed.
      const from = Math.max(1, after - extra);
      for (const event of events.slice(from)) session.outlet?.send({ op: 0, ...event });
    },
  };
  return session;
}
