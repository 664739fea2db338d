import { isUtf8 } from 'node:buffer';

/** Where a document of markup must have said its encoding. https://html.spec.whatwg.org/#charset */
const LOOKED_AT = 1024;

/**
 * The bytes in UTF-8, where a document of markup declares another encoding (`<?xml encoding>`,
 * `<meta charset>`); else the bytes as they are. A byte order mark wins over what is declared, and
 * so do bytes that are UTF-8: pages that were saved again often keep an old declaration.
 */
export function readDeclaredCharset(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.subarray(0, LOOKED_AT)).toString('latin1');
  if (!/^\s*</.test(head)) return bytes;
  const label =
    /^\s*<\?xml\b[^>]{0,200}\bencoding\s*=\s*["']([\w-]{1,40})["']/.exec(head)?.[1] ??
    /<meta\b[^>]{0,200}\bcharset\s*=\s*["']?([\w-]{1,40})/i.exec(head)?.[1];
  // UTF-16 without a byte order mark could not have been read as far as here.
  if (label === undefined || /^utf-?(?:8|16)/i.test(label) || isUtf8(bytes)) return bytes;
  try {
    return new TextEncoder().encode(new TextDecoder(label).decode(bytes));
  } catch {
    return bytes;
  }
}
