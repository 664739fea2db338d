-- How far the members who ask for it have caught up. Nothing else is known of them.
create table readers (
  -- SHA-256 of the member's id with a prefix of ours: the same member is known again, and the table
  -- alone names nobody.
  reader text primary key,
  -- The newest issue that the member has been shown.
  last_issue integer not null
) without rowid;

-- The newest issue is asked for all the time: without its own order, every issue's text is walked
-- over to find it, as the columns that decide stand behind the text.
create index issues_newest_first on issues (is_sample, number desc, revision desc, approved_at);
