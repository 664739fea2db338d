import type { Draft } from '../../formatters/draft.ts';
import { makeDeliveryId } from '../../src/kit/ids.ts';
import type { Receipt } from '../../src/outbox/receipt.ts';
import type { Attempt, Correction, Outgoing, Publisher } from '../../src/publishers/publisher.ts';

/**
 * The ways for the path to a platform to fail. "before": the platform has done nothing; "after": it
 * has acted, and the answer is lost. `hang-body`: it has acted, headers and half of the body came,
 * then nothing more. `rate-limit-silent`: a 429 that does not say how long to wait.
 */
export const FAULTS = [
  'reset-before',
  'reset-after',
  'status-before',
  'status-after',
  'hang-before',
  'hang-after',
  'hang-body',
  'rate-limit',
  'rate-limit-silent',
] as const;
export type RigFault = (typeof FAULTS)[number];

/** What a platform may lack; hooks of a line come together, under the name of the first. */
const HOOKS = [
  ['foreignDraft'],
  ['longDraft'],
  ['inject', 'calm'],
  ['makeUnreachable'],
  ['makeUnauthorized'],
  ['expire'],
  ['revoke', 'restore'],
  ['removePlace'],
  ['refuseContent'],
  ['deletePost'],
] as const;

/** Promises that need no hook, and yet cannot be kept everywhere. */
const PROMISES = ['find', 'race', 'corrections'] as const;

type Hook = (typeof HOOKS)[number][number];
type Lack = (typeof HOOKS)[number][0] | (typeof PROMISES)[number] | RigFault;

/** One publisher with the real, or rule-enforcing, platform behind it. */
export type Rig = {
  /** A draft of this platform with several posts, links and letters beyond ASCII. */
  readonly draft: Draft;
  /** The same item in other words, with one post more, and with one post fewer. */
  readonly correctedDraft: Draft;
  readonly shorterDraft: Draft;
  /** A draft of another platform, and one with a post over the limit. */
  readonly foreignDraft?: Draft;
  readonly longDraft?: Draft;
  /** A new client, as after a restart. */
  make(): Publisher;
  /** The texts that readers see, oldest first. */
  readPlace(): Promise<string[]>;
  /** Empties the place, or makes it anew where it was removed. */
  emptyPlace(): Promise<void>;
  /** How many requests reached the platform. */
  countRequests(): number;
  /** One write fails so: the next one, or the one after `skip` others that go well. */
  readonly inject?: (fault: RigFault, skip?: number) => void;
  /** Forgets a fault that has not struck. */
  readonly calm?: () => void;
  /** Clients whose server is not there, and whose credentials are wrong. */
  readonly makeUnreachable?: () => Publisher;
  readonly makeUnauthorized?: () => Publisher;
  /** The credentials of all clients run out, and can be renewed without a person. */
  readonly expire?: () => Promise<void>;
  /** A person takes the credentials away, and gives them back. */
  readonly revoke?: () => Promise<void>;
  readonly restore?: () => Promise<void>;
  /** The destination is deleted, until `emptyPlace`. */
  readonly removePlace?: () => Promise<void>;
  /** The platform refuses the next write for its content. */
  readonly refuseContent?: () => void;
  /** A person deletes one post in place: the one at `index` as `readPlace` counts. */
  readonly deletePost?: (index: number) => Promise<void>;
  /** How it corrects. */
  readonly corrections: readonly Correction[];
  /** What does not apply to it: hooks that are left out, faults, promises; each with its reason. */
  readonly without: { readonly [lack in Lack]?: string };
};

/** What is wrong with a rig's account of what it lacks: a hook without a reason, or the reverse. */
export function checkLacks(rig: Rig): string[] {
  const hooks = HOOKS.flatMap((names) => {
    const missing = names.filter((name: Hook) => rig[name] === undefined);
    const [first] = names;
    if (missing.length > 0 && rig.without[first] === undefined) {
      return `${missing.join(' and ')} is missing, and without.${first} does not say why`;
    }
    return missing.length < names.length && rig.without[first] !== undefined
      ? `without.${first} gives a reason for what is there`
      : [];
  });
  const isCorrecting = rig.corrections.length > 0;
  return isCorrecting === (rig.without.corrections === undefined)
    ? hooks
    : [...hooks, 'corrections and without.corrections do not agree'];
}

/** One line that says what does not apply to a publisher, and why. */
export function describeLacks(name: string, { without }: Rig): string {
  const lacks = Object.entries(without).map(([lack, why]) => `${lack} (${why})`);
  return `Of the contract, all applies to the ${name} publisher${lacks.length === 0 ? '' : ` but ${lacks.join(', ')}`}.\n`;
}

let counter = 0;

/** A delivery that no test has used before. */
export function makeOutgoing(draft: Draft, settings: Partial<Outgoing> = {}): Outgoing {
  counter += 1;
  const { item = `paper/contract-${counter}`, revision = 1 } = settings;
  return {
    id: makeDeliveryId(1, item, revision, 'contract'),
    issue: 1,
    item,
    revision,
    draft,
    stampedAt: new Date(Date.now() + counter),
    triedSince: new Date(),
    companions: [],
    ...settings,
  };
}

/** The delivery that corrects another one, which is in place as its receipt says. */
export function makeCorrection(
  { item, revision }: Outgoing,
  receipt: Receipt,
  draft: Draft,
  how: Correction,
): Outgoing {
  return makeOutgoing(draft, { item, revision: revision + 1, replaces: { how, receipt } });
}

/** Long enough for everything that goes well. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(20_000);
}

/** Publishes what is not there yet; its receipt. */
export async function send(publisher: Publisher, outgoing: Outgoing): Promise<Receipt> {
  const attempt = await publisher.publish(outgoing, [], patience());
  if (attempt.kind === 'sent') return attempt.receipt;
  throw new Error(`not sent: ${JSON.stringify(attempt)}`, {
    cause: 'cause' in attempt ? attempt.cause : undefined,
  });
}

/** What a courier does on every attempt but the first: look, then send what is missing. */
export async function attemptAgain(
  publisher: Publisher,
  outgoing: Outgoing,
  timeoutMs = 20_000,
): Promise<Attempt> {
  const signal = AbortSignal.timeout(timeoutMs);
  const found = await publisher.find(outgoing, signal);
  if (found.kind === 'whole') return { kind: 'sent', receipt: found.receipt };
  if (found.kind === 'refused' || found.kind === 'unavailable') return found;
  return publisher.publish(outgoing, found.kind === 'begun' ? found.posts : [], signal);
}

/** More writes than any delivery of the contract makes. */
const MOST_WRITES = 60;

/** A kind of end by which a first try tells that a fault has struck it. */
type FirstTry = { readonly kind: string };

/**
 * Runs `act` on a newly arranged place with the fault at its first write, then at its second, and so
 * on until it does not strike; after each, `check` sees that it comes to a good end. Returns how many
 * writes were struck: all those of a try that goes well.
 */
export async function strikeEachWrite<T>(
  { inject, calm }: Rig,
  fault: RigFault,
  arrange: () => Promise<T>,
  act: (arranged: T) => Promise<FirstTry>,
  check: (arranged: T) => Promise<void>,
): Promise<number> {
  for (let skip = 0; skip < MOST_WRITES; skip += 1) {
    const arranged = await arrange();
    inject?.(fault, skip);
    const { kind } = await act(arranged);
    calm?.();
    if (kind === 'refused') throw new Error(`refused after ${fault} at write ${skip + 1}`);
    await check(arranged);
    if (kind === 'sent' || kind === 'retracted') return skip;
  }
  throw new Error(`after ${MOST_WRITES} writes there are still more`);
}
