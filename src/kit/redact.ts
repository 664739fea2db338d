import { redactShapes, SECRET } from './redact-shapes.ts';
import { listSecretForms, writePattern } from './secret-forms.ts';

/** A text without the secrets in it. Pure, and linear in the length of the text. */
export type Redact = (text: string) => string;

export type RedactOptions = {
  /** What is written is the words of an issue: only what is certainly a secret is taken out. */
  readonly isContent?: boolean;
};

/** A shorter secret may be a part of any word. */
const SHORTEST = 6;

/**
 * Makes what takes secrets out of texts: those given, however they are written, and what looks like
 * one. A secret of fewer than six characters is taken out only where it is the value of something
 * (`password=abc`): elsewhere it would make nonsense of the text.
 */
export function makeRedactor(
  secrets: readonly string[],
  { isContent = false }: RedactOptions = {},
): Redact {
  const given = secrets.map((secret) => secret.trim()).filter((secret) => secret !== '');
  const long = new Set<string>();
  for (const secret of given.filter(({ length }) => length >= SHORTEST)) {
    for (const form of listSecretForms(secret)) if (form.length >= SHORTEST) long.add(form);
  }
  const known = makePattern(long);
  const short = given.filter(({ length }) => length < SHORTEST);
  const values = makePattern(short, '(?<=[=:]["\']?)', '(?![\\w-])');
  return (text) => {
    let redacted = text;
    // First, as the shapes may take a part of one.
    if (known !== undefined) redacted = redacted.replace(known, SECRET);
    if (values !== undefined && !isContent) redacted = redacted.replace(values, SECRET);
    return redactShapes(redacted, isContent);
  };
}

/** The same value with every text in it redacted, and nothing else changed. */
export function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => redactValue(one, redact));
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return redactValue(value.toJSON() as unknown, redact);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [redact(name), redactValue(one, redact)]),
  );
}

/** One of the texts, the longest that fits: a secret may begin with another. */
function makePattern(texts: Iterable<string>, before = '', after = ''): RegExp | undefined {
  const sorted = [...texts].sort((a, b) => b.length - a.length);
  if (sorted.length === 0) return undefined;
  return new RegExp(`${before}(?:${sorted.map(writePattern).join('|')})${after}`, 'g');
}
