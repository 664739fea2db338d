/** A post in place: what a receipt calls it, and all that is read in it. */
export type PlacedPost = { readonly id: string; readonly words: string };

/** Posts in the order in which readers meet them, joined as the platform joins them. */
export type PlacedThread = readonly PlacedPost[];

/** Somewhere to post to that nothing else posts to, and the way to see what is there. */
export type Venue = {
  readonly name: string;
  /** The platform that its drafts are written for. */
  readonly platform: string;
  /** The name of the destination. */
  readonly to: string;
  readonly env: Readonly<Record<string, string>>;
  /** What `paperboy.yaml` says. */
  readonly settings: object;
  /** So many make several posts of a paper. */
  readonly paragraphs: number;
  /** An image that every paper shows. */
  readonly imageUrl?: string;
  /** How what is in place can be corrected. */
  readonly corrections: readonly Correction[];
  /** Everything that is in place. A post that belongs to nothing is a thread of its own. */
  read(): Promise<readonly PlacedThread[]>;
  /** The words that `read` is to find for a post of a draft, as `preview --json` prints it. */
  describe(post: unknown): string;
  /** Called before each process: what it would remember of the platform can be taken away. */
  forget?(dataFolder: string): Promise<void>;
  close(): Promise<void>;
};

export type Correction = 'edit' | 'repost' | 'reply';

/** A kind of place to post to. Each call opens a place of its own, in an empty folder. */
export type VenueKind = {
  readonly name: string;
  readonly corrections: Venue['corrections'];
  open(cwd: string): Promise<Venue>;
};
