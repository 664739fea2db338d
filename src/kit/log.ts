import { type Redact, redactValue } from './redact.ts';
import { redactShapes } from './redact-shapes.ts';

/** Events are fixed names with fields: `log.info({ deliveryId }, 'delivery.sent')`. */
export type Log = {
  info(fields: LogFields, event: string): void;
  warn(fields: LogFields, event: string): void;
  error(fields: LogFields, event: string): void;
};

/** What may be logged. No post text, no token: a field that is not here does not compile. */
export type LogFields = {
  readonly deliveryId?: string;
  readonly destination?: string;
  readonly platform?: string;
  readonly issue?: number;
  readonly item?: string;
  readonly attempt?: number;
  readonly elapsedMs?: number;
  readonly retryAt?: string;
  readonly slotAt?: string;
  readonly reason?: string;
  readonly cron?: string;
  readonly timeZone?: string;
  readonly signal?: string;
  /** The host of a feed: the rest of its address may be a secret. */
  readonly feed?: string;
  readonly file?: string;
  readonly revision?: number;
  readonly rows?: number;
  readonly code?: string;
  /** Of the bot: never what a member wrote. */
  readonly command?: string;
  /** The id of who was refused. */
  readonly user?: string;
  readonly isDeferred?: boolean;
  /** What a member was told to name. */
  readonly errorId?: string;
};

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * A log of JSON lines on stderr, every field of which goes through `redact`. `level` is pino's; at
 * `silent` pino is not even loaded.
 */
export async function makeLog(
  level: string,
  redact: Redact = (text) => redactShapes(text),
): Promise<Log> {
  if (level === 'silent') return SILENT;
  const { pino } = await import('pino');
  const log = pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
  const hide = (fields: LogFields): object =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, redactValue(value, redact)]),
    );
  return {
    info: (fields, event) => log.info(hide(fields), event),
    warn: (fields, event) => log.warn(hide(fields), event),
    error: (fields, event) => log.error(hide(fields), event),
  };
}
