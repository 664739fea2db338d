-- The issue as this feed last gave it, SHA-256 of it: new markup around the same words is no change.
alter table feed_entries add column issue_hash text;
-- The revision that was made of it. Where the archive has another by now, somebody has corrected it.
alter table feed_entries add column revision integer;
