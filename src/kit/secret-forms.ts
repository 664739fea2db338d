/** A piece of base64 that is shorter tells too little, and may stand in any text. */
const FEWEST_BASE64 = 10;

/**
 * The ways a secret may be written: as it is, in JSON once and twice, in HTML, in hexadecimal, and
 * in base64 of either alphabet, also where it is only a part of what was encoded (`Basic` has user
 * and password in one). Any of them may stand in an address: `writePattern` knows that.
 */
export function listSecretForms(secret: string): ReadonlySet<string> {
  const json = escapeJson(secret);
  const slashed = secret.replaceAll('/', '\\/');
  const forms = new Set([secret, json, escapeJson(json), slashed, escapeJson(slashed)]);
  forms.add(secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'));
  const hex = Buffer.from(secret).toString('hex');
  forms.add(hex).add(hex.toUpperCase());
  for (const base64 of listBase64(secret)) {
    forms.add(base64).add(base64.replaceAll('+', '-').replaceAll('/', '_'));
    forms.add(base64.replaceAll('/', '\\/'));
  }
  return forms;
}

/**
 * The pattern of a text, each character of it as it is or percent-encoded, once or several times:
 * which of them are encoded differs from one part of an address to another.
 */
export function writePattern(text: string): string {
  return [...text.toWellFormed()]
    .map((one) => (/[A-Za-z0-9]/.test(one) ? one : `(?:${escapePattern(one)}|${encode(one)})`))
    .join('');
}

/** What stays the same of the base64 of a text, whatever stands before and after it. */
function listBase64(secret: string): string[] {
  return [0, 1, 2]
    .map((before) => {
      const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
      // The first and the last character may hold bits of a neighbour.
      const first = Math.ceil((before * 8) / 6);
      const last = Math.floor((bytes.length * 8) / 6);
      return bytes.toString('base64').slice(first, last);
    })
    .filter((base64) => base64.length >= FEWEST_BASE64);
}

function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapePattern(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}

/** "é" → "%(?:25)*[cC]3%(?:25)*[aA]9" */
function encode(character: string): string {
  const bytes = [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, '0'));
  const encoded = bytes.map(
    (hex) => `%(?:25)*${hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`,
  );
  return character === ' ' ? `${encoded.join('')}|\\+` : encoded.join('');
}
