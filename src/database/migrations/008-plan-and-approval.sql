-- For each lane of a destination (its digest, its news, its papers) the last slot that was planned:
-- a slot at or before it is never planned again, whatever process asks.
create table slots_next (
  destination text not null,
  lane text not null check (lane in ('digest', 'news', 'papers')),
  last_slot_at text not null,
  -- The cron expressions and the time zone that the slot belongs to.
  schedule text not null,
  -- 1 where the slot found nothing: the lane takes the next slot of papers.
  is_open integer not null default 0,
  -- The newest issue when the destination was first planned: older ones are not for it.
  since_issue integer not null default 0,
  primary key (destination, lane)
);
insert into slots_next (destination, lane, last_slot_at, schedule)
select destination, 'papers', last_slot_at, schedule from slots;
drop table slots;
alter table slots_next rename to slots;

-- What editors have decided about an item before it is posted, for all destinations.
create table verdicts (
  issue_number integer not null,
  item text not null,
  verdict text not null check (verdict in ('approved', 'held')),
  -- SHA-256 of the item's words, likes left out: other words need another verdict.
  words_hash text not null,
  at text not null,
  actor text not null,
  primary key (issue_number, item)
);

-- The order that editors have given the papers of an issue: keys of items, as a JSON array.
create table arrangements (
  issue_number integer primary key,
  items text not null
);

-- Who decided what about an issue, one row each.
create table decisions (
  issue_number integer not null,
  number integer not null,
  at text not null,
  verb text not null,
  -- Who, as the door knows them.
  actor text not null,
  item text,
  note text,
  primary key (issue_number, number)
);

-- Issues that editors have been asked about, and the message on Discord that asks.
create table proposals (
  issue_number integer primary key,
  -- The revision that they were last asked about.
  revision integer not null,
  -- The setting that they were asked under: "always", "12h". Under another they are asked anew.
  rule text not null,
  -- Since when they can know of it: the message is there, or without a channel the import.
  asked_at text,
  channel_id text,
  message_id text,
  -- SHA-256 of the message as it stands there.
  shown_hash text
);

-- What one process at a time may do, and who does it until when.
create table locks (
  name text primary key,
  owner text not null,
  held_until text not null
);

-- Single things to remember, by name.
create table facts (
  name text primary key,
  value text not null
);

-- What is out of the line, for counting. Another index of states would be taken for the line's own.
create index deliveries_out_of_line on deliveries (destination, state)
  where state in ('held', 'sent', 'refused', 'cancelled', 'retracted');
