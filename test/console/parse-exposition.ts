/** A line of the exposition. */
export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** The samples of one metric. */
export type Family = {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly Sample[];
};

/** The order of `le`: `+Inf` comes last. */
type Buckets = Map<string, { le: number; count: number }[]>;

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SUFFIXES = { histogram: /^_(?:bucket|sum|count)$/, counter: /^$/, gauge: /^$/ };

/**
 * Parses Prometheus' text format 0.0.4, and takes nothing that is not exactly so: HELP, then TYPE,
 * then the samples of each metric, all in one place; no series twice; counters end in `_total` and
 * are not negative; the buckets of a histogram grow, and the last of them is its count.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
 */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, Family & { samples: Sample[] }>();
  const series = new Set<string>();
  let help: { name: string; text: string } | undefined;
  let family: (Family & { samples: Sample[] }) | undefined;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const helps = /^# HELP (\S+) (.*)$/.exec(line);
    const types = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line);
    if (helps?.[1] !== undefined) {
      if (families.has(helps[1])) throw new Error(`HELP twice: ${line}`);
      help = { name: helps[1], text: undoEscapes(helps[2] ?? '', /\\[\\n]/g) };
    } else if (types?.[1] !== undefined) {
      if (help?.name !== types[1]) throw new Error(`TYPE without its HELP: ${line}`);
      if (!NAME.test(help.name)) throw new Error(`not a name: ${line}`);
      family = { name: help.name, help: help.text, type: types[2] ?? '', samples: [] };
      families.set(family.name, family);
      help = undefined;
    } else {
      if (line.startsWith('#')) throw new Error(`an unknown comment: ${line}`);
      const sample = parseSample(line);
      if (family === undefined || help !== undefined) throw new Error(`out of place: ${line}`);
      checkName(family, sample);
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (series.has(key)) throw new Error(`a series twice: ${line}`);
      series.add(key);
      family.samples.push(sample);
    }
  }
  for (const one of families.values()) if (one.type === 'histogram') checkHistogram(one);
  return families;
}

function checkName({ name, type }: Family, sample: Sample): void {
  const rest = sample.name.startsWith(name) ? sample.name.slice(name.length) : '?';
  if (!SUFFIXES[type as keyof typeof SUFFIXES].test(rest)) throw new Error(`not of ${name}`);
  if (type !== 'counter') return;
  if (!name.endsWith('_total')) throw new Error(`a counter that is not called so: ${name}`);
  if (!(sample.value >= 0)) throw new Error(`a counter below 0: ${name}`);
}

function parseSample(line: string): Sample {
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(line)?.[0];
  if (name === undefined) throw new Error(`no name: ${line}`);
  const labels: Record<string, string> = {};
  let rest = line.slice(name.length);
  if (rest.startsWith('{')) {
    rest = rest.slice(1);
    while (!rest.startsWith('}')) {
      const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"(,(?!\})|(?=\}))/.exec(rest);
      if (label?.[1] === undefined) throw new Error(`no label: ${rest}`);
      if (Object.hasOwn(labels, label[1])) throw new Error(`a label twice: ${line}`);
      labels[label[1]] = undoEscapes(label[2] ?? '', /\\[\\"n]/g);
      rest = rest.slice(label[0].length);
    }
    rest = rest.slice(1);
  }
  const value = /^ (\S+)$/.exec(rest)?.[1];
  if (value === undefined) throw new Error(`no value: ${line}`);
  return { name, labels, value: parseValue(value) };
}

/** As Go's ParseFloat reads it, which is what Prometheus uses: case does not matter. */
function parseValue(value: string): number {
  if (/^nan$/i.test(value)) return Number.NaN;
  if (/^\+?inf$/i.test(value)) return Number.POSITIVE_INFINITY;
  if (/^-inf$/i.test(value)) return Number.NEGATIVE_INFINITY;
  const number = Number(value);
  if (Number.isNaN(number)) throw new Error(`not a number: ${value}`);
  return number;
}

function undoEscapes(value: string, escapes: RegExp): string {
  return value.replace(escapes, (pair) => (pair === '\\n' ? '\n' : pair.slice(1)));
}

function checkHistogram({ name, samples }: Family): void {
  const buckets: Buckets = new Map();
  const counts = new Map<string, number>();
  for (const { name: of, labels, value } of samples) {
    const { le, ...own } = labels;
    const key = JSON.stringify(Object.entries(own).sort());
    if (of === `${name}_count`) counts.set(key, value);
    if (of !== `${name}_bucket`) continue;
    if (le === undefined) throw new Error(`a bucket without a bound: ${name}`);
    buckets.set(key, [...(buckets.get(key) ?? []), { le: parseValue(le), count: value }]);
  }
  for (const [key, own] of buckets) {
    own.forEach((bucket, at) => {
      const before = own[at - 1];
      if (before === undefined) return;
      if (before.le >= bucket.le) throw new Error(`bounds out of order: ${name}`);
      if (before.count > bucket.count) throw new Error(`buckets that shrink: ${name}`);
    });
    const last = own.at(-1);
    if (last?.le !== Number.POSITIVE_INFINITY) throw new Error(`no last bucket: ${name}`);
    if (last.count !== counts.get(key)) throw new Error(`another count than its buckets: ${name}`);
  }
}
