/** What is looked at together, in the order in which it is told. */
export const SECTIONS = [
  'configuration',
  'data',
  'clock',
  'destinations',
  'editors',
  'sources',
  'plan',
  'http',
] as const;
export type Section = (typeof SECTIONS)[number];

/** What a check saw: a clause without a full stop, and for what is not well, what to do. */
export type Seen =
  | { readonly level: 'ok' | 'skipped'; readonly code: Code; readonly said: string }
  | {
      readonly level: 'warning' | 'error';
      readonly code: Code;
      readonly said: string;
      readonly remedy: string;
    };

/** The same for good, whatever is said: programs know a finding by it. */
export type Code = `doctor.${string}`;

/** One thing to look at. It changes nothing. */
export type Check = {
  readonly section: Section;
  /** Names what is looked at, for whoever waits: “mastodon”. */
  readonly title: string;
  /** Of what is told when it is not done. */
  readonly code: Code;
  /** It asks a server, so that it has a deadline, and is left out offline. */
  readonly isRemote: boolean;
  /** Stops asking when the signal aborts. */
  readonly run: (signal: AbortSignal) => Promise<readonly Seen[]> | readonly Seen[];
};

export const well = (code: Code, said: string): Seen => ({ level: 'ok', code, said });
export const skip = (code: Code, said: string): Seen => ({ level: 'skipped', code, said });
export const doubt = (code: Code, said: string, remedy: string): Seen => ({
  level: 'warning',
  code,
  said,
  remedy,
});
export const fault = (code: Code, said: string, remedy: string): Seen => ({
  level: 'error',
  code,
  said,
  remedy,
});
