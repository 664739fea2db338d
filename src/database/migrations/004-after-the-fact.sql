-- Deliveries that can be held, cancelled, taken back and corrected. SQLite cannot change a check, so
-- the table is made anew.

create table deliveries_next (
  -- Hash of the four columns after it.
  id text primary key,
  issue_number integer not null,
  item text not null,
  revision integer not null,
  destination text not null,
  title text not null,
  -- The Draft, as JSON: the bytes that were previewed and that will be sent.
  draft text not null,
  state text not null check (
    state in ('planned', 'held', 'sending', 'unknown', 'sent', 'refused', 'cancelled', 'retracted')
  ),
  -- What is to be done: to send it, or to take back what was sent.
  task text not null default 'publish' check (task in ('publish', 'retract')),
  -- Not before this instant; within a destination also the order.
  due_at text not null,
  -- After a failed or unknown attempt: not before this instant.
  retry_at text,
  queued_at text not null,
  -- Record keys, nonces and createdAt derive from it, so a repeated send writes the same bytes. Set
  -- when queued; moved once, by the first claim, if that comes late (docs/decisions/001).
  stamped_at text not null,
  -- Since when it is being tried: set by a claim, forgotten when a person lets it be tried again.
  first_attempt_at text,
  attempts integer not null default 0,
  -- The number of the first attempt since it was stamped. From then on something may be in place,
  -- and every attempt looks first.
  first_attempt integer,
  -- Fencing: who holds the row, until when, and a number that grows with every claim. Only the
  -- latest claim can settle, so a worker that wakes up late changes nothing.
  lease_owner text,
  lease_until text,
  fence integer not null default 0,
  settled_at text,
  -- The platform's proof, as JSON. It stays until what it proves is taken back.
  receipt text,
  reason text,
  remedy text,
  -- A correction: the delivery of an older revision that it takes the place of, and how.
  replaces text references deliveries_next (id) on update cascade,
  correction text check (correction in ('edit', 'repost', 'reply')),
  unique (issue_number, item, revision, destination)
);
insert into deliveries_next (
  id, issue_number, item, revision, destination, title, draft, state, due_at, retry_at, queued_at,
  stamped_at, first_attempt_at, attempts, first_attempt, lease_owner, lease_until, fence, settled_at, receipt,
  reason, remedy
)
select
  id, issue_number, item, revision, destination, title, draft, state, due_at, retry_at, queued_at,
  coalesce(first_attempt_at, due_at), first_attempt_at, attempts,
  case when first_attempt_at is null then null else 1 end, lease_owner, lease_until, fence,
  settled_at, receipt, reason, remedy
from deliveries;

create table attempts_next (
  delivery_id text not null references deliveries_next (id) on update cascade,
  number integer not null,
  task text not null default 'publish' check (task in ('publish', 'retract')),
  started_at text not null,
  ended_at text,
  outcome text check (outcome in ('sent', 'refused', 'unavailable', 'unknown', 'retracted')),
  detail text,
  primary key (delivery_id, number)
);
insert into attempts_next (delivery_id, number, started_at, ended_at, outcome, detail)
select delivery_id, number, started_at, ended_at, outcome, detail from attempts;
drop table attempts;
drop table deliveries;
alter table deliveries_next rename to deliveries;
alter table attempts_next rename to attempts;

-- The line of each destination: what is on its way, in order. All that a claim reads.
create index deliveries_line on deliveries (destination, task, due_at, id)
  where state in ('planned', 'sending', 'unknown');
-- What workers are at: a few rows at most.
create index deliveries_held on deliveries (destination, lease_until) where state = 'sending';
create index deliveries_by_replaced on deliveries (replaces) where replaces is not null;
create index deliveries_by_issue on deliveries (issue_number, destination);
create index deliveries_by_due on deliveries (due_at, id);

-- What people did to a delivery, one row each.
create table actions (
  delivery_id text not null references deliveries (id) on update cascade on delete cascade,
  number integer not null,
  at text not null,
  verb text not null,
  -- Who, as the door knows them.
  actor text not null,
  note text,
  primary key (delivery_id, number)
);

-- Destinations that take nothing until a person has acted. Their deliveries wait.
create table pauses (
  destination text primary key,
  paused_at text not null,
  reason text not null,
  remedy text not null
);

-- What an account has spent of a platform's budget, for as long as it counts.
create table spending (
  account text not null,
  at text not null,
  points integer not null
);
create index spending_by_account on spending (account, at);

-- The accounts that are posted to, each by the platform's own id, and its name in the ledger. That
-- name stays with the account, whatever it is called and whatever credentials it is reached by.
create table accounts (
  account_id text primary key,
  destination text not null unique
);

-- What an account is reached by, as it is configured: it need not be asked for again whose that is.
-- A secret stands here as a hash.
create table aliases (
  alias text primary key,
  account_id text not null references accounts (account_id)
);
