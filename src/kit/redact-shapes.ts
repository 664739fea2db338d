/** What stands in the place of a secret. */
export const SECRET = '[secret]';

/** What names a secret: the end of the name of a parameter or a field. */
const NAME =
  '(?:(?<![a-z0-9])|(?<=%3F|%26))(?:access|refresh|api|auth|client|id|app)?(?:token|secret|key|password|passwd|pwd|passphrase|signature|sig|auth|jwt|credentials?)';

/*
 * Each of these reads a text once, whatever stands in it: a match begins at something fixed, or
 * where its characters begin, and every other part of it is bounded or cannot fail.
 */

/** What is a secret wherever it stands: nobody writes these in an issue. */
const UNMISTAKABLE: readonly (readonly [RegExp, string])[] = [
  // A signed token: a header of base64url JSON. https://www.rfc-editor.org/rfc/rfc7519#section-3.1
  [/eyJ[\w-]{10,}(?:\.[\w-]+)*/g, SECRET],
  // The secret of a webhook. https://github.com/standard-webhooks/standard-webhooks
  [/whsec_[\w+/-]{8,}={0,2}/g, SECRET],
  // The token of a Discord bot: its id in base64, a time, a signature.
  [/(?<![\w-])[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,45}(?![\w-])/g, SECRET],
  // A webhook or an interaction of Discord: who has its address may write as it.
  [/(\/(?:webhooks|interactions)\/\d{15,22}\/)[\w.-]{8,}/gi, `$1${SECRET}`],
  [/(%2F(?:webhooks|interactions)%2F\d{15,22}%2F)[\w.-]{8,}/gi, `$1${SECRET}`],
];

/** What is one in a message about an error. In an issue it may be an address like any other. */
const LIKELY: readonly (readonly [RegExp, string])[] = [
  // https://user:password@host, the scheme left as it is
  [/(:\/\/)[^\s/?#"'<>\\`]+@/g, `$1${SECRET}@`],
  // ?access_token=…
  [new RegExp(`(${NAME}(?:=|%3D))[^\\s&#;,"'<>\\\\)\`]+`, 'gi'), `$1${SECRET}`],
  // "accessJwt":"…", also as it stands in a text that is quoted itself
  [new RegExp(`(${NAME}\\\\?["']\\s{0,4}:\\s{0,4}\\\\?["'])[^"'\\\\]+`, 'gi'), `$1${SECRET}`],
  // Authorization: Bearer …, Bot …, Basic …
  [
    /(\bauthorization\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?)(?:[a-z]{1,10}\s{1,4})?[^\s"',;\\]+/gi,
    `$1${SECRET}`,
  ],
  [/\b(Bearer|Bot|Basic|DPoP|Token)(\s{1,4}|%20|\+)[\w.~+/=-]{16,}/gi, `$1$2${SECRET}`],
  // An app password of Bluesky. A name of four short words has no digit in it.
  [/(?<![a-z0-9-])(?=[a-z-]{0,18}[2-7])(?:[a-z2-7]{4}-){3}[a-z2-7]{4}(?![a-z0-9-])/g, SECRET],
];

/**
 * Replaces what looks like a secret, whoever's it is: passwords and tokens in addresses, headers,
 * signed tokens. With `isContent` only what nobody writes in an issue: an image's address may have
 * a `token` in it that everybody has, and what is shown has to be what is sent. Linear in the length.
 */
export function redactShapes(text: string, isContent = false): string {
  let redacted = text;
  for (const [shape, mark] of UNMISTAKABLE) redacted = redacted.replace(shape, mark);
  if (isContent) return redacted;
  for (const [shape, mark] of LIKELY) redacted = redacted.replace(shape, mark);
  return redacted;
}

/**
 * Replaces every word that looks as if it were made by chance: for what is said of settings, where
 * any of them may be a secret in the wrong place. Elsewhere such a word may be the name of a file.
 */
export function redactWords(text: string): string {
  return redactShapes(text).replace(/(?<![\w+-])[\w+-]{16,}={0,2}/g, (word) => {
    const isMixed =
      /[a-z]/.test(word) && /[A-Z]/.test(word) && (/\d/.test(word) || word.length >= 24);
    const isHex = word.length >= 20 && /^(?=\D*\d)(?=[^a-z]*[a-z])[a-z\d]+$/.test(word);
    return isMixed || isHex ? SECRET : word;
  });
}
