-- What channels and members follow: each row is one standing wish, made by a command on Discord.
create table follows (
  -- Hash of channel, topic and what: the same wish again is the same row.
  id text primary key,
  place text not null check (place in ('channel', 'forum', 'dm')),
  -- Of a direct message, its own channel with the bot.
  channel_id text not null,
  -- Null for direct messages, which belong to no server.
  guild_id text,
  -- Who made it, and is told when it cannot go on.
  owner_id text not null,
  -- In the form that is compared, and as printed; both empty for everything.
  topic text not null,
  topic_label text not null,
  what text not null check (what in ('papers', 'digests', 'news')),
  how text not null check (how in ('each', 'weekly')),
  -- Pinged by the first post of an issue; null: nobody is.
  role_id text,
  -- Of the fixed words.
  language text not null,
  created_at text not null,
  -- The newest issue when it was made, 0 without any: what is older is never delivered.
  since_issue integer not null,
  -- The numbers of the issues that it has had its turn with, as JSON. (Not a mark that grows: after
  -- an issue under a mistaken high number, or one that comes late, it would pass others over.)
  seen text not null,
  -- Since when the place takes nothing, and why.
  paused_at text,
  pause_reason text,
  -- 1 once the owner has been told of the pause.
  is_owner_told integer not null default 0,
  unique (channel_id, topic, what)
);
create index follows_by_guild on follows (guild_id);
create index follows_by_owner on follows (owner_id);
