import type { BlueskyPost } from './bluesky.ts';
import type { DiscordMessage } from './discord.ts';
import type { Item, ItemName } from './item.ts';
import type { MastodonStatus } from './mastodon.ts';
import type { TemplateName } from './voice/voice.ts';

/** A post that a person copies, or a page: its whole text. */
export type TextPost = { readonly text: string };

/** What a post is on each platform. */
export type PostOf = {
  readonly bluesky: BlueskyPost;
  readonly discord: DiscordMessage;
  readonly mastodon: MastodonStatus;
  readonly x: TextPost;
  readonly linkedin: TextPost;
  /** A plain-text mail: one post. */
  readonly text: TextPost;
  /** A mail or a page: one post, an HTML fragment. */
  readonly html: TextPost;
};

export type Platform = keyof PostOf;

/** What a forum shows of a draft besides its posts. */
export type ForumHints = {
  /** The name of a thread for this item alone: at most 100 UTF-16 units, and never empty. */
  readonly paperName: string;
  /** The name of a thread that all items of the issue share: as long. */
  readonly issueName: string;
  /** What the item is about, as the newsletter writes it. */
  readonly topics: readonly string[];
};

/** A draft for one platform. */
export type DraftFor<P extends Platform> = {
  readonly item: ItemName;
  readonly platform: P;
  readonly posts: readonly PostOf[P][];
  /** What had to be dealt with, for a person to see before it goes out: a word cut in two. */
  readonly told?: readonly string[];
  /** How the draft's thread is named and tagged where it goes to a forum: on Discord alone. */
  readonly forum?: ForumHints;
  /** What it was asked to be, where that is not as its destination has it. */
  readonly asked?: Pick<FormatOptions, 'languages' | 'discord'>;
};

/** An item written for one platform: its posts, in order, exactly as they will appear. */
export type Draft = { [P in Platform]: DraftFor<P> }[Platform];

/**
 * How much of an item is posted: every word; one post of chosen sentences; or the best thread of
 * at most so many posts.
 */
export type Length = 'thread' | 'brief' | { readonly maxPosts: number };

/** How a destination wants its posts written. Whatever is left out has its default. */
export type FormatOptions = {
  /** BCP 47 tags of the posts' language, at most three; the first chooses the voice. */
  readonly languages: readonly string[];
  /** `thread` by default. */
  readonly length?: Length;
  /** "3/8" at the end of each post of a thread; off by default. */
  readonly counters?: boolean;
  /** On by default. */
  readonly hashtags?: boolean;
  /** ⭐ and ♥ before words; without it the words alone. On by default. */
  readonly emoji?: boolean;
  /** On by default. */
  readonly likes?: boolean;
  /** Trades a cut at a clause for a post less; off by default. */
  readonly compact?: boolean;
  /** Lines of fixed words, as an editor wants them: see `voice/template.ts`. */
  readonly templates?: { readonly [Name in TemplateName]?: string };
  /** What the Mastodon server allows; 500 and 23 by default. */
  readonly mastodon?: { readonly maxCharacters: number; readonly charactersPerUrl: number };
  /** Discord's plain embeds, or Components V2 with buttons; embeds by default. */
  readonly discord?: { readonly layout: 'embeds' | 'components' };
  /**
   * An editor's own words for this item on this platform, CommonMark inline in paragraphs, which
   * take the place of all the text; a line of `---` begins another post.
   */
  readonly ownText?: string;
};

/** A platform's formatter: pure, so that what was previewed is to the byte what is sent. */
export type Formatter<P extends Platform = Platform> = {
  readonly platform: P;
  format(item: Item, options: FormatOptions): DraftFor<P>;
};
