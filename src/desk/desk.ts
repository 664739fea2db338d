import type { FormatOptions, Platform } from '../../formatters/draft.ts';
import type { Archive } from '../archive/archive.ts';
import type { Follows } from '../archive/follows.ts';
import type { IssueReader } from '../archive/issue-reader.ts';
import type { Verdicts } from '../archive/verdicts.ts';
import type { Courier } from '../delivery/courier.ts';
import type { Clock } from '../kit/clock.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Correction } from '../publishers/publisher.ts';
import type { Programme } from '../schedule/programme.ts';
import type { Approval } from './approval/judge-item.ts';

/** Somewhere to post: a Bluesky account, a Discord channel, a folder. */
export type Destination = {
  readonly name: string;
  /** Names the account or channel in the ledger: another one is another destination. */
  readonly key: string;
  /** The platform that its posts are written for. */
  readonly platform: Platform;
  /** True when people outside see what is posted there. Samples never go to such a place. */
  readonly isLive: boolean;
  /** A channel that somebody follows in, rather than one of the configuration. */
  readonly isFollowed?: true;
  /** How what is in place there can be corrected, the usual way first. */
  readonly corrections: readonly Correction[];
};

/** A destination that is configured, of which nobody can tell yet which account it is. */
export type AbsentDestination = {
  readonly name: string;
  readonly code: 'account.refused' | 'account.unreachable';
  readonly reason: string;
  readonly remedy: string;
  readonly isScheduled: boolean;
};

/** What the verbs of a reader work with: enough to find an issue and to write it for a platform. */
export type ReadingDesk = {
  readonly archive: IssueReader;
  readonly clock: Clock;
  /** How the posts of a destination, or of a platform, are written; by its name. */
  readonly format: (name: string) => FormatOptions;
  /** The platforms that are posted to: those whose posts an editor wants to see. */
  readonly platforms: readonly Platform[];
  /** The destinations of the configuration, and what is written for them. */
  readonly places?: readonly Pick<Destination, 'name' | 'platform'>[];
};

/** What the desk's verbs work with. Every door hands the same one to them. */
export type Desk = ReadingDesk & {
  readonly archive: Archive;
  readonly outbox: Outbox;
  readonly courier: Courier;
  readonly destinations: readonly Destination[];
  /** Those that would be among them if they could be asked who they are. */
  readonly absent?: readonly AbsentDestination[];
  /** Who follows what, for what is told of their channels. */
  readonly follows?: Pick<Follows, 'list'>;
  /** The destinations that the clock posts to, and `post` without a destination. */
  readonly scheduled: readonly Destination[];
  /** When a destination posts what by the clock; by its name. */
  readonly programme: (name: string) => Programme;
  /** The zone that people are told times in: an IANA name. */
  readonly timeZone: string;
  /** What editors decide before something is posted, and whether they are asked. */
  readonly verdicts: Verdicts;
  readonly approval: Approval;
  /** Who acts, for the ledger: of the command line, the system's name for its user. */
  readonly actor: string;
};
