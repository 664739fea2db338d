-- The search index: the latest revision of every issue, each paper and each news line a document.
-- All of it is derived from `issues`, and made anew when the way of reading words changes.

-- One row: how words are read (a number of the code), and a number that grows with every change.
create table search_state (
  id integer primary key check (id = 1),
  reading integer not null,
  generation integer not null
);
insert into search_state (id, reading, generation) values (1, 0, 0);

-- Which revision of an issue is in the index.
create table search_issues (
  number integer primary key,
  revision integer not null
);

create table search_documents (
  id integer primary key,
  issue_number integer not null,
  is_sample integer not null,
  kind text not null check (kind in ('paper', 'news')),
  -- From 1 within its kind and issue.
  position integer not null,
  slug text not null,
  -- As printed. Of a news line the beginning of its text.
  title text not null,
  byline text not null,
  -- JSON arrays of names.
  topics text not null,
  organizations text not null,
  authors text not null,
  likes integer,
  pick integer not null,
  url text,
  -- The words of title, topics, organizations and authors: ids of search_terms, 32 bits each in
  -- little-endian order, 0 between two names and after a title's colon; preceded by the lengths of the four parts.
  head blob not null
);
-- The text of each document as a reader sees it; its parts are set apart by a line break.
create table search_bodies (
  document integer primary key,
  body text not null
);
create index search_documents_by_issue on search_documents (issue_number);

-- Every word of the index as it is folded, and in how many documents it stands.
create table search_terms (
  id integer primary key,
  term text not null unique,
  stem text not null,
  documents integer not null
);
create index search_terms_by_stem on search_terms (stem);

-- Names that papers are found and filtered by, in the form that is compared and as printed.
create table search_names (
  document integer not null,
  kind text not null check (kind in ('topic', 'organization', 'author')),
  key text not null,
  label text not null,
  primary key (kind, key, document)
) without rowid;
create index search_names_by_document on search_names (document);

-- What a document links to: "arxiv:2504.12345", "doi:10.1000/1", or an address without its scheme.
create table search_links (
  key text not null,
  document integer not null,
  -- 1 for the address of the paper itself, 0 for a link in its text.
  is_own integer not null,
  primary key (key, document)
) without rowid;
create index search_links_by_document on search_links (document);

-- The folded words of each document, head and body, for membership, phrases and bm25. Words arrive
-- folded and set apart by blanks, so the plainest tokenizer is the right one.
create virtual table search_texts using fts5 (
  words,
  content = '',
  contentless_delete = 1,
  tokenize = "ascii tokenchars '.+#'"
);
