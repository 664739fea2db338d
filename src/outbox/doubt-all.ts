import type { SqliteConnection } from '../database/open-sqlite.ts';
import type { DeliveryState } from '../database/tables.ts';
import { MOVES } from './transitions.ts';

/** What people outside see: not a folder, by whatever name. */
const IS_LIVE = `destination <> 'folder' and destination not like 'folder/%'`;
/** What was not to be sent when the backup was made may have been sent after all. */
const PERHAPS_SENT_STATES = ['held', 'refused', 'cancelled'] as const satisfies DeliveryState[];

/** From when the ledger is, and when it came back. */
export type Restored = { readonly from: Date | undefined; readonly now: Date };

/** What was made doubtful: so many deliveries are looked up, and these destinations are paused. */
export type Doubted = { readonly deliveries: number; readonly paused: readonly string[] };

/**
 * Prepares a ledger that is older than the world, in one transaction: it does not know what was
 * posted since. Whatever a live destination may have got meanwhile is looked for before it is sent;
 * slots that are over are not planned again; editors are asked anew; and no live destination that
 * this ledger or `places` names takes anything until a person has acted. See docs/decisions/013.
 */
export function doubtAll(
  sqlite: SqliteConnection,
  { from, now }: Restored,
  places: readonly string[] = [],
): Doubted {
  const at = now.toISOString();
  const since = from === undefined ? 'an unknown date' : from.toISOString().slice(0, 16);
  const reason = `the ledger was restored from a backup of ${since.replace('T', ' ')} UTC, and does not know what was posted since`;
  return sqlite.transaction(() => {
    freeAll(sqlite, at);
    const deliveries = doubt(sqlite, at, reason);
    sqlite.prepare('update slots set last_slot_at = ? where last_slot_at < ?').run(at, at);
    askAnew(sqlite, at);
    // Whoever held them lives in another world.
    sqlite.exec('delete from locks');
    const paused = [...new Set([...listPlaces(sqlite), ...places])].sort();
    for (const destination of paused) pause(sqlite, destination, at, reason);
    return { deliveries, paused };
  })();
}

/** The live destinations that a ledger knows. */
export function listPlaces(sqlite: SqliteConnection): string[] {
  return sqlite
    .prepare<[], string>(
      `select destination from (
         select destination from deliveries
         union select destination from accounts
         union select destination from slots
         union select 'discord/' || channel_id from follows
       ) where ${IS_LIVE}`,
    )
    .pluck()
    .all();
}

/** What a worker had in hand when the backup was made: it may be done, as any worker's that died. */
function freeAll(sqlite: SqliteConnection, at: string): void {
  sqlite
    .prepare(
      `update attempts set ended_at = ?, outcome = 'unknown', detail = 'the ledger was copied meanwhile'
       where ended_at is null`,
    )
    .run(at);
  sqlite
    .prepare(
      `update deliveries set
         state = case task when 'publish' then ? else ? end,
         lease_owner = null, lease_until = null, fence = fence + 1
       where state = 'sending'`,
    )
    .run(MOVES['settle unknown'].to, MOVES['settle unavailable'].to);
}

/**
 * Writes down an attempt that nobody knows the outcome of: from then on every attempt looks first.
 * What is in line waits as `unknown`, so that a person can say what became of it.
 */
function doubt(sqlite: SqliteConnection, at: string, reason: string): number {
  const states = [...MOVES.doubt.from, ...PERHAPS_SENT_STATES];
  const marks = states.map(() => '?').join(', ');
  const which = `task = 'publish' and ${IS_LIVE} and state in (${marks})`;
  sqlite
    .prepare(
      `insert into attempts (delivery_id, number, task, started_at, ended_at, outcome, detail)
       select id, attempts + 1, 'publish', ?, ?, 'unknown', ? from deliveries where ${which}`,
    )
    .run(at, at, reason, ...states);
  const open = MOVES.doubt.from.map(() => '?').join(', ');
  const { changes } = sqlite
    .prepare(
      `update deliveries set
         state = case when state in (${open}) then ? else state end,
         reason = case when state in (${open}) then ? else reason end,
         attempts = attempts + 1,
         first_attempt = coalesce(first_attempt, attempts + 1),
         first_attempt_at = null,
         retry_at = null
       where ${which}`,
    )
    .run(...MOVES.doubt.from, MOVES.doubt.to, ...MOVES.doubt.from, reason, ...states);
  return changes;
}

/**
 * What editors said since is lost, and their silence of then approves nothing: its hours begin anew,
 * now, or once the message that asks them tells what is true. Where silence approves nothing, they
 * have been asked since when they have been: an old issue comes to their channel no second time. A
 * message that had its last edit, or was deleted, is left.
 */
function askAnew(sqlite: SqliteConnection, at: string): void {
  const isLeft = `(coalesce(shown_hash, '') = 'deleted' or coalesce(shown_hash, '') like 'closed:%')`;
  sqlite
    .prepare(
      `update proposals set
         asked_at = case
           when rule not like '%h' then asked_at
           when message_id is null or ${isLeft} then ?
         end,
         shown_hash = case when ${isLeft} then shown_hash end
       where asked_at is not null`,
    )
    .run(at);
}

/** What the destination waited for before is still told. */
function pause(sqlite: SqliteConnection, destination: string, at: string, reason: string): void {
  const [platform = destination] = destination.split('/');
  sqlite
    .prepare(
      `insert into pauses (destination, paused_at, reason, remedy) values (?, ?, ?, ?)
       on conflict (destination) do update set
         paused_at = excluded.paused_at,
         reason = excluded.reason || '; before that: ' || pauses.reason,
         remedy = excluded.remedy`,
    )
    .run(destination, at, reason, describeRemedy(platform));
}

function describeRemedy(platform: string): string {
  return `Compare what is public there with paperboy status, paperboy queue and paperboy plan; what is out already: paperboy resolve ID --sent where the queue has it, paperboy hold ISSUE --paper SLUG where it has not, then: paperboy retry --to ${platform}`;
}
