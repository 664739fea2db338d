/** A piece of base64 that is shorter tells too little, and may stand in any text. */
const FEWEST_BASE64 = 10;

/**
 * The ways a secret may be written: as it is, in an address, in JSON once and twice, in HTML, in
 * hexadecimal, and in base64 of either alphabet, also where it is only a part of what was encoded
 * (`Basic` has user and password in one).
 */
export function listSecretForms(secret: string): ReadonlySet<string> {
  const forms = new Set([secret]);
  const json = escapeJson(secret);
  forms
    .add(json)
    .add(escapeJson(json))
    .add(escapeJson(secret.replaceAll('/', '\\/')));
  forms.add(secret.replaceAll('/', '\\/'));
  for (const encoded of [encode(secret), encodeURI(toWellFormed(secret)), escapeAll(secret)]) {
    forms.add(encoded).add(encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
    forms.add(encoded.replaceAll('%20', '+')).add(encode(encoded));
  }
  forms.add(secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'));
  const hex = Buffer.from(secret).toString('hex');
  forms.add(hex).add(hex.toUpperCase());
  for (const base64 of listBase64(secret)) {
    forms.add(base64).add(base64.replaceAll('+', '-').replaceAll('/', '_'));
    forms.add(encode(base64)).add(base64.replaceAll('/', '\\/'));
  }
  return forms;
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

/** As the `fetch` standard's form encoding has it: more characters than `encodeURIComponent`. */
function escapeAll(text: string): string {
  return encode(text).replace(
    /[!'()*~]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function encode(text: string): string {
  return encodeURIComponent(toWellFormed(text));
}

function toWellFormed(text: string): string {
  return text.toWellFormed();
}
