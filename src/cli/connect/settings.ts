/** What `paperboy connect` reads and writes of the configuration, which may be incomplete or wrong. */
export type Settings = {
  /** The absolute path of `.env`, which may not be there. */
  readonly file: string;
  /** Whether a destination of that kind may have that name. */
  readonly isName: (kind: ConnectKind, name: string) => boolean;
  /** A variable as a destination of that name has it. */
  readonly find: (variable: ConnectVariable, name: string) => FoundVariable;
  /** The value as the configuration will have it; undefined for what it would not take. */
  readonly parse: (variable: ConnectVariable, text: string) => string | undefined;
};

export type ConnectKind = 'bluesky' | 'discord' | 'mastodon';

export type ConnectVariable =
  | 'BLUESKY_SERVICE'
  | 'BLUESKY_IDENTIFIER'
  | 'BLUESKY_APP_PASSWORD'
  | 'DISCORD_API'
  | 'DISCORD_TOKEN'
  | 'DISCORD_CHANNEL_ID'
  | 'MASTODON_SERVER'
  | 'MASTODON_ACCESS_TOKEN';

/** What a variable is called, and what it is set to: in the environment, which wins, or in `.env`. */
export type FoundVariable = {
  readonly name: string;
  readonly inEnvironment: string | undefined;
  readonly inFile: string | undefined;
};
