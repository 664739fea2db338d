import { events } from './events.ts';
import { notes } from './notes.ts';
import type { ReadCodes, Told } from './read-codes.ts';
import type { Kind } from './read-site.ts';

/** A code as docs/codes.md has it. */
export type Entry = {
  readonly code: string;
  readonly kind: Kind;
  readonly levels: readonly string[];
  /** Texts with “…” for what is put in. */
  readonly said: readonly string[];
  readonly remedies: readonly string[];
};

export type Gathered = {
  /** In the order of kinds and codes. */
  readonly entries: readonly Entry[];
  /** What does not fit together: a sentence for each. */
  readonly problems: readonly string[];
};

/** Made of a word and how a delivery came out: `delivery.${outcome.kind}`. */
const DERIVED = ['sent', 'retracted', 'unavailable', 'unknown'].map((kind) => `delivery.${kind}`);
/** What reads like a code and is none: columns, files, packages, events of others, hosts. */
const OTHERS = [
  /^(?:deliveries|accounts|aliases|issues|arrangements|verdicts|pauses)\./,
  /^(?:correction|head|busy|old|other)\.[a-z]+$/,
  /\.(?:js|json|yaml|db)$/,
  /^[a-z]+\.(?:press|modal|suggest)$/,
  /^item\.(?:published|corrected|retracted)$/,
  /^(?:a\.bc|handle\.invalid)$/,
];
const KINDS: readonly Kind[] = ['finding', 'error', 'check', 'event'];
const OPEN = /^…?$/;

/** Puts together what the source says of each code and what is written of it by hand. */
export function gatherCodes({ told, bare }: ReadCodes): Gathered {
  const problems: string[] = [];
  const known = new Set([...told, ...bare].map(({ code }) => code));
  const written = Object.keys(notes);
  for (const { code, file } of bare) {
    const isKnown = code in notes || code in events || told.some((one) => one.code === code);
    if (isKnown || OTHERS.some((other) => other.test(code))) continue;
    problems.push(`${code} in ${file} is not told: add it to schema/codes/, if it is a code.`);
  }
  for (const code of [...written, ...Object.keys(events)]) {
    if (known.has(code) || DERIVED.includes(code)) continue;
    problems.push(`${code} is told in schema/codes/ and is not in the source.`);
  }
  const made = new Map<string, Told[]>();
  for (const one of told.filter(({ kind }) => kind !== 'event')) {
    const key = `${one.kind} ${one.code}`;
    made.set(key, [...(made.get(key) ?? []), one]);
  }
  const fromSource = [...made.values()].map((sites) => join(sites));
  const byHand = Object.entries(notes).flatMap(([code, { kind, levels = [], said, remedy }]) =>
    kind === undefined || said === undefined || remedy === undefined
      ? []
      : [{ code, kind, levels, said: [said], remedies: [remedy] }],
  );
  const entries = [...fromSource, ...byHand, ...tellEvents(told, problems)].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compare(a.code, b.code),
  );
  for (const { code, levels, said, remedies } of entries) {
    const isWell = levels.every((level) => ['ok', 'skipped', 'info'].includes(level));
    if (levels.length === 0) problems.push(`${code} has no level.`);
    if (said.length === 0) problems.push(`${code} says nothing.`);
    if (!isWell && remedies.length === 0 && !levels.includes('warn')) {
      problems.push(`${code} has no remedy.`);
    }
  }
  return { entries, problems };
}

/** All places that tell the same code. What is well has no remedy, and is told by one text. */
function join(sites: readonly Told[]): Entry {
  const [{ code, kind } = { code: '', kind: 'error' as const }] = sites;
  const note = notes[code] ?? {};
  const isBad = (site: Told): boolean => site.remedies.length > 0;
  const worth = sites.some(isBad) ? sites.filter(isBad) : sites;
  const remedies = unique(worth.flatMap((site) => site.remedies)).filter(isSaid);
  return {
    code,
    kind,
    levels: note.levels ?? unique(sites.flatMap(({ levels }) => levels)),
    said:
      note.said === undefined
        ? unique(worth.flatMap(({ said }) => said)).filter((text) => !OPEN.test(text))
        : [note.said],
    remedies: note.remedy === undefined ? remedies : [note.remedy],
  };
}

function tellEvents(told: readonly Told[], problems: string[]): Entry[] {
  for (const { code, kind, levels } of told) {
    if (kind !== 'event') continue;
    const note = events[code];
    if (note === undefined) problems.push(`${code} is logged and not in schema/codes/events.ts.`);
    else if (!levels.includes(note.level)) {
      problems.push(`${code} is logged as ${levels.join()} and told as ${note.level}.`);
    }
  }
  return Object.entries(events).map(([code, { level, when, remedy }]) => ({
    code,
    kind: 'event' as const,
    levels: [level],
    said: [when],
    remedies: remedy === undefined ? [] : [remedy],
  }));
}

/** A remedy of which the source has more than what is put in. */
function isSaid(text: string): boolean {
  return /[a-z]{2}/i.test(text);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
