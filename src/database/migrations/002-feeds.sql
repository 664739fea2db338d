-- The feeds that are watched. An address may be a secret, so it is told by its hash.
create table feeds (
  -- SHA-256 of the address.
  id text primary key,
  -- The validators of the last answer that was worked off whole: what has not changed since is not
  -- sent again.
  etag text,
  last_modified text,
  -- No request before this instant, whatever process asks. Moved on before the network is touched.
  next_at text not null,
  -- How many requests in a row have failed.
  failures integer not null default 0
);

-- The entries of a feed that were worked off.
create table feed_entries (
  feed_id text not null references feeds (id),
  -- The feed's own name for it.
  entry_id text not null,
  url text,
  -- SHA-256 of title and content: an entry that was only re-dated is told by it.
  content_hash text not null,
  -- Null where the entry has no issue that could be kept.
  issue_number integer,
  primary key (feed_id, entry_id)
);
