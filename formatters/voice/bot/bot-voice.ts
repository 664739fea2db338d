import type { EditorVoice } from './editor-voice.ts';
import type { FollowVoice } from './follow-voice.ts';

/** The commands of the bot, by the names that they have in English. */
export type CommandName =
  | 'paper'
  | 'latest'
  | 'issue'
  | 'news'
  | 'search'
  | 'topics'
  | 'catchup'
  | 'follow'
  | 'following'
  | 'unfollow'
  | 'random'
  | 'about'
  | 'help'
  | 'find-this-paper';

/** The options that commands have; one that several commands have means the same in each. */
export type OptionName =
  | 'query'
  | 'number'
  | 'topic'
  | 'organization'
  | 'from'
  | 'to'
  | 'pick'
  | 'where'
  | 'forum'
  | 'what'
  | 'how'
  | 'role'
  | 'follow'
  | 'private';

/** A name of at most 32 characters and a description of at most 100, as Discord asks. */
export type Named = { readonly name: string; readonly description: string };

/** What the bot says in one language: plain text, which the commands escape and cut to fit. */
export type BotVoice = {
  readonly language: string;
  /** The locales of Discord that are spoken to in it: https://discord.com/developers/docs/reference#locales */
  readonly locales: readonly string[];
  readonly commands: { readonly [Name in CommandName]: Named };
  readonly options: { readonly [Name in OptionName]: Named };

  /** Buttons and the placeholders of menus. */
  readonly news: string;
  readonly older: string;
  readonly newer: string;
  readonly another: string;
  readonly allTopics: string;
  readonly openPaper: string;
  readonly openTopic: string;
  issue(number: number): string;
  otherMatches(count: number): string;
  otherPapers(number: number): string;
  pageOf(page: number, pages: number): string;

  /** What a suggestion is: "topic, 12 papers". */
  readonly kinds: {
    readonly topic: string;
    readonly organization: string;
    readonly author: string;
  };
  countPapers(count: number): string;
  countIssues(count: number): string;
  countTopics(count: number): string;

  /** Titles of lists. */
  readonly topics: string;
  results(count: number, query: string): string;
  papersOn(topic: string): string;
  missed(from: number, to: number): string;
  /** What a search is narrowed to. */
  readonly picksOnly: string;
  range(from: number | undefined, to: number | undefined): string;

  /** Answers that are one sentence. */
  readonly noIssue: string;
  noSuchIssue(number: number, newest: number): string;
  noNews(number: number): string;
  /** `query` may be empty; `filters` are what the search is narrowed to. */
  nothingFound(query: string, filters: readonly string[]): string;
  /** Where nothing is found: how many there are without the filters. */
  foundElsewhere(count: number): string;
  near(names: string): string;
  noTopic(topic: string): string;
  noOrganization(name: string): string;
  readonly noTopics: string;
  readonly badRange: string;
  gone(number: number): string;
  readonly noPaperInMessage: string;
  readonly perhaps: string;
  upToDate(number: number): string;
  readonly firstCatchUp: string;
  stale(command: string): string;
  readonly unknownCommand: string;
  cooldown(seconds: number): string;
  failed(errorId: string): string;
  readonly stopping: string;

  readonly follow: FollowVoice;
  readonly editor: EditorVoice;

  /** The two cards that tell of the bot itself. */
  readonly aboutTitle: string;
  about(counts: { issues: string; papers: string; newest: number | undefined }): readonly string[];
  readonly helpTitle: string;
  readonly help: readonly string[];
};
