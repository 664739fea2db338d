-- Instants are ISO 8601 in UTC with milliseconds, so that they sort as text in every engine.

-- The archive. A revision is never changed: a corrected issue is the next revision.
create table issues (
  number integer not null,
  revision integer not null,
  -- The Issue, as JSON.
  content text not null,
  -- SHA-256 of content: the same file imported twice is told by it.
  content_hash text not null,
  -- The importer's Finding[], as JSON.
  findings text not null,
  -- 1 for the samples that come with Paperboy. They never go to a live account, and they give way
  -- to a real issue of the same number.
  is_sample integer not null,
  imported_at text not null,
  -- Nothing of an issue is posted by the clock before this is set.
  approved_at text,
  primary key (number, revision)
);

-- The outbox: one row for each item that goes to a destination, from the moment it is queued.
create table deliveries (
  -- Hash of the four columns after it.
  id text primary key,
  issue_number integer not null,
  item text not null,
  revision integer not null,
  destination text not null,
  title text not null,
  -- The Draft, as JSON: the bytes that were previewed and that will be sent.
  draft text not null,
  state text not null check (state in ('planned', 'sending', 'unknown', 'sent', 'refused')),
  -- Not before this instant; within a destination also the order.
  due_at text not null,
  -- After a failed or unknown attempt: not before this instant.
  retry_at text,
  queued_at text not null,
  -- Set by the first claim and never again: record keys and createdAt are derived from it, so a
  -- repeated send writes the same bytes. (Not set when queued: a post that was due while the
  -- machine was down would carry a stale time and be buried.)
  first_attempt_at text,
  attempts integer not null default 0,
  -- Fencing: who holds the row, until when, and a number that grows with every claim. Only the
  -- latest claim can settle, so a worker that wakes up late changes nothing.
  lease_owner text,
  lease_until text,
  fence integer not null default 0,
  settled_at text,
  -- The platform's proof, as JSON.
  receipt text,
  reason text,
  remedy text,
  unique (issue_number, item, revision, destination)
);
create index deliveries_by_state on deliveries (state, destination, due_at);

-- One row for each try, written before the network is touched and closed after it: an open row of
-- a dead worker is an attempt whose outcome nobody knows.
create table attempts (
  delivery_id text not null references deliveries (id),
  number integer not null,
  started_at text not null,
  ended_at text,
  outcome text check (outcome in ('sent', 'refused', 'unavailable', 'unknown')),
  detail text,
  primary key (delivery_id, number)
);

-- For each destination the last slot of the schedule that was planned: a slot at or before it is
-- never planned again, whatever process asks.
create table slots (
  destination text primary key,
  last_slot_at text not null,
  -- The cron expression and time zone that the slot belongs to.
  schedule text not null
);
