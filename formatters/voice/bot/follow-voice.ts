import type { Named } from './bot-voice.ts';

/** A right that posting asks for. */
export type BotRight = 'view' | 'send' | 'sendInThreads' | 'embed' | 'history';

/** What the bot says about follows, in one language: plain text but for `stopped`. */
export type FollowVoice = {
  readonly subcommands: { readonly topic: Named; readonly everything: Named };
  /** The choices of options, each at most 100 characters. */
  readonly where: { readonly here: string; readonly forum: string; readonly direct: string };
  readonly what: { readonly papers: string; readonly digests: string; readonly news: string };
  readonly how: { readonly each: string; readonly weekly: string };

  /** Titles, buttons and placeholders. */
  readonly followed: string;
  readonly changed: string;
  readonly goesOn: string;
  readonly unchanged: string;
  readonly title: string;
  readonly everything: string;
  readonly stopOne: string;
  readonly here: string;
  readonly directMessage: string;

  /** What comes: "each paper by itself", "a digest of every issue", "the news of every issue". */
  readonly each: string;
  readonly weekly: string;
  readonly news: string;
  readonly fromNextIssue: string;
  readonly newestComes: string;
  readonly nothingChanged: string;
  /** What is another than before: the parts below, in a list. */
  whatChanged(parts: string): string;
  readonly parts: { readonly how: string; readonly role: string };
  readonly dropRole: string;
  /** The language of the fixed words, named in this one. */
  inLanguage(language: string): string;
  /** What must be so for a ping to arrive. `role` is a mention. */
  pings(role: string): string;
  /** Another channel than this one, by its id: no name is known where this is shown. */
  elsewhere(channelId: string): string;
  paused(reason: string): string;
  /** Reasons, as the end of a sentence. */
  readonly trouble: Readonly<Record<'rights' | 'unseen' | 'gone' | 'direct' | 'other', string>>;
  readonly howToResume: string;
  /** To the owner, as Markdown, of a place that takes nothing: both are Markdown already. */
  stopped(channel: string, reason: string): string;
  ended(what: string): string;

  /** Answers that are one sentence. */
  readonly none: string;
  readonly gone: string;
  readonly notAllowed: string;
  readonly noServer: string;
  readonly noForum: string;
  readonly forumElsewhere: string;
  readonly notInServer: string;
  readonly closed: string;
  /** The rights that the bot lacks here, in a list, as Discord calls them. */
  lacksRights(rights: string): string;
  readonly rights: Readonly<Record<BotRight, string>>;
  several(asked: string): string;
  readonly everybody: string;
  readonly newsHaveNoTopics: string;
  readonly unavailable: string;
  fullServer(most: number): string;
  fullMember(most: number): string;
};
