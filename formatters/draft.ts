import type { BlueskyPost } from './bluesky.ts';
import type { DiscordMessage } from './discord.ts';
import type { Item, ItemName } from './item.ts';

/** An item written for one platform: its posts, in order, exactly as they will appear. */
export type Draft =
  | {
      readonly item: ItemName;
      readonly platform: 'bluesky';
      readonly posts: readonly BlueskyPost[];
    }
  | {
      readonly item: ItemName;
      readonly platform: 'discord';
      readonly posts: readonly DiscordMessage[];
    };

export type Platform = Draft['platform'];

export type FormatOptions = {
  /** BCP 47 tags of the text's language, at most three. */
  readonly languages: readonly string[];
};

/** A platform's formatter: pure, so that what was previewed is to the byte what is sent. */
export type Formatter<P extends Platform = Platform> = {
  readonly platform: P;
  format(item: Item, options: FormatOptions): Extract<Draft, { platform: P }>;
};
