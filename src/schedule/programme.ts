/** What a destination posts by the clock, in the order in which it goes at one instant. */
export const LANES = ['digest', 'news', 'papers'] as const;
export type Lane = (typeof LANES)[number];

/** In which order the papers of an issue are posted. */
export type PaperOrder = 'issue' | 'likes' | 'pick-first';

/** What becomes of an issue's papers that still wait when the next issue comes. */
export type Rest = 'queue' | 'drop' | 'interleave';

/**
 * A day on which the clock posts nothing, both ends of a range included, as ISO dates ("2026-12-24"); or every one of a day of the
 * week (0 is Sunday).
 */
export type Blackout =
  | { readonly from: string; readonly to: string }
  | { readonly weekday: number };

/** When a destination posts what. */
export type Programme = {
  /** Cron expressions of five fields for each lane; none for a lane that the clock leaves alone. */
  readonly crons: Readonly<Record<Lane, readonly string[]>>;
  /** IANA name. */
  readonly timeZone: string;
  readonly order: PaperOrder;
  readonly rest: Rest;
  readonly blackouts: readonly Blackout[];
  /** A paper is no nearer than this to what was posted before it, and to a digest or the news. */
  readonly gapMs: number;
  readonly missed: 'catch-up' | 'skip';
};

/** A time at which a lane of a destination posts. */
export type LaneSlot = { readonly lane: Lane; readonly at: Date };

/** An item that the clock may post at a destination and that has not been posted there. */
export type Candidate = {
  readonly lane: Lane;
  readonly issue: number;
  /** Its key within the issue: "paper/⟨slug⟩", "digest" or "news". */
  readonly item: string;
  /** Its place within the issue, from 0: as printed, or as editors have arranged it. */
  readonly position: number;
  /** Editors have arranged the issue: `position` decides, whatever the programme's order. */
  readonly isArranged: boolean;
  readonly likes: number;
  readonly isPick: boolean;
  /** False while it waits for an editor. */
  readonly isReady: boolean;
  /** While it waits: when it is approved by itself if nobody does anything; undefined for never. */
  readonly readyAt?: Date | undefined;
};

/** What is known of a destination when its slots are run. */
export type PlaceState = {
  /** The lanes whose last slot found nothing: they take the next slot of papers. */
  readonly open: readonly Lane[];
  /** When something was last posted there, by whomever, as `countPostAt` has it; undefined for never. */
  readonly lastPostAt: Date | undefined;
  /** When something that is queued there for a time to come goes out: papers keep the gap to it. */
  readonly coming?: readonly Date[];
  /** The newest issue of each lane that something was posted from, by whomever. */
  readonly lastIssue: Readonly<Partial<Record<Lane, number>>>;
  /** The issue of the paper that was posted last, for taking turns. */
  readonly lastPaperIssue: number | undefined;
};

/** What a slot takes: nothing where there is nothing, or where it is passed over. */
export type Turn<C extends Candidate = Candidate> = {
  readonly slot: LaneSlot;
  readonly candidate: C | undefined;
  /** Too near to another post, so that the next slot has its turn. */
  readonly isPassedOver: boolean;
};
