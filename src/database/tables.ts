import type { Generated } from 'kysely';

/** The rows as SQLite and PostgreSQL hold them; see `migrations/` for what each column means. */
export type Tables = {
  issues: IssueTable;
  deliveries: DeliveryTable;
  attempts: AttemptTable;
  actions: ActionTable;
  pauses: PauseTable;
  spending: SpendingTable;
  accounts: AccountTable;
  aliases: AliasTable;
  slots: SlotTable;
  feeds: FeedTable;
  feed_entries: FeedEntryTable;
  follows: FollowTable;
  verdicts: VerdictTable;
  arrangements: ArrangementTable;
  decisions: DecisionTable;
  proposals: ProposalTable;
  locks: LockTable;
  facts: FactTable;
};

export type IssueTable = {
  readonly number: number;
  readonly revision: number;
  readonly content: string;
  readonly content_hash: string;
  readonly findings: string;
  readonly is_sample: number;
  readonly imported_at: string;
  approved_at: string | null;
};

export type DeliveryState =
  | 'planned'
  | 'held'
  | 'sending'
  | 'unknown'
  | 'sent'
  | 'refused'
  | 'cancelled'
  | 'retracted';

/** What is to be done about a delivery: to send it, or to take it back. */
export type Task = 'publish' | 'retract';

export type DeliveryTable = {
  id: string;
  readonly issue_number: number;
  readonly item: string;
  revision: number;
  readonly destination: string;
  title: string;
  draft: string;
  state: DeliveryState;
  task: Task;
  due_at: string;
  retry_at: string | null;
  queued_at: string;
  stamped_at: string;
  first_attempt_at: string | null;
  attempts: number;
  first_attempt: number | null;
  lease_owner: string | null;
  lease_until: string | null;
  fence: number;
  settled_at: string | null;
  receipt: string | null;
  reason: string | null;
  remedy: string | null;
  replaces: string | null;
  correction: 'edit' | 'repost' | 'reply' | null;
};

export type AttemptTable = {
  readonly delivery_id: string;
  readonly number: number;
  readonly task: Task;
  readonly started_at: string;
  ended_at: string | null;
  outcome: 'sent' | 'refused' | 'unavailable' | 'unknown' | 'retracted' | null;
  detail: string | null;
};

export type ActionTable = {
  readonly delivery_id: string;
  readonly number: number;
  readonly at: string;
  readonly verb: string;
  readonly actor: string;
  readonly note: string | null;
};

export type PauseTable = {
  readonly destination: string;
  readonly paused_at: string;
  readonly reason: string;
  readonly remedy: string;
};

export type SpendingTable = {
  readonly account: string;
  readonly at: string;
  readonly points: number;
};

export type AccountTable = {
  readonly account_id: string;
  readonly destination: string;
};

export type AliasTable = {
  readonly alias: string;
  readonly account_id: string;
};

export type SlotTable = {
  readonly destination: string;
  readonly lane: 'digest' | 'news' | 'papers';
  last_slot_at: string;
  schedule: string;
  is_open: Generated<number>;
  since_issue: Generated<number>;
};

export type FeedTable = {
  readonly id: string;
  etag: string | null;
  last_modified: string | null;
  next_at: string;
  failures: number;
};

export type FeedEntryTable = {
  readonly feed_id: string;
  readonly entry_id: string;
  url: string | null;
  content_hash: string;
  issue_number: number | null;
  issue_hash: string | null;
  revision: number | null;
};

export type FollowTable = {
  readonly id: string;
  readonly place: 'channel' | 'forum' | 'dm';
  readonly channel_id: string;
  readonly guild_id: string | null;
  owner_id: string;
  readonly topic: string;
  topic_label: string;
  readonly what: 'papers' | 'digests' | 'news';
  how: 'each' | 'weekly';
  role_id: string | null;
  language: string;
  created_at: string;
  readonly since_issue: number;
  seen: string;
  paused_at: string | null;
  pause_reason: string | null;
  is_owner_told: number;
};

export type VerdictTable = {
  readonly issue_number: number;
  readonly item: string;
  verdict: 'approved' | 'held';
  words_hash: string;
  at: string;
  actor: string;
};

export type ArrangementTable = {
  readonly issue_number: number;
  items: string;
};

export type DecisionTable = {
  readonly issue_number: number;
  readonly number: number;
  readonly at: string;
  readonly verb: string;
  readonly actor: string;
  readonly item: string | null;
  readonly note: string | null;
};

export type ProposalTable = {
  readonly issue_number: number;
  revision: number;
  rule: string;
  asked_at: string | null;
  channel_id: string | null;
  message_id: string | null;
  shown_hash: string | null;
};

export type LockTable = {
  readonly name: string;
  owner: string;
  held_until: string;
};

export type FactTable = {
  readonly name: string;
  value: string;
};
