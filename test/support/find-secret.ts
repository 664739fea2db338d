/** So many characters of a random secret in a row are a part of it, and no chance. */
const PIECE = 12;

/**
 * Where a secret, or a piece of it, stands in bytes: as it is, in base64 of either alphabet, or in
 * hexadecimal; undefined where it does not. Written apart from what it judges.
 */
export function findSecret(bytes: Uint8Array, secret: string): string | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  for (const [form, written] of Object.entries(listForms(secret))) {
    const last = Math.max(0, written.length - PIECE);
    for (let at = 0; at <= last; at += 1) {
      const piece = written.slice(at, at + PIECE);
      const found = text.indexOf(piece);
      if (found >= 0) return `${form}: …${text.slice(Math.max(0, found - 80), found + 60)}…`;
    }
  }
  return undefined;
}

function listForms(secret: string): Record<string, string> {
  const bytes = Buffer.from(secret);
  const shifted = (count: number): string =>
    Buffer.concat([Buffer.alloc(count), bytes])
      .toString('base64')
      .slice(2, -2);
  const safe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');
  return {
    'as it is': secret,
    'percent-encoded': encodeURIComponent(secret),
    'in JSON': JSON.stringify(secret).slice(1, -1),
    'in hexadecimal': bytes.toString('hex'),
    'in base64': bytes.toString('base64').slice(0, -2),
    'in base64, one on': shifted(1).slice(2),
    'in base64, two on': shifted(2).slice(2),
    'in base64 for addresses': safe(bytes.toString('base64').slice(0, -2)),
    'in base64 for addresses, one on': safe(shifted(1).slice(2)),
    'in base64 for addresses, two on': safe(shifted(2).slice(2)),
  };
}
