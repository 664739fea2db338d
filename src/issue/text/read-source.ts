import type { Finding } from '../finding.ts';

/** An issue is a few pages of text; more than this is some other file. */
export const MAX_ISSUE_BYTES = 10 * 1024 * 1024;

const UTF16_LE = [0xff, 0xfe] as const;
const UTF16_BE = [0xfe, 0xff] as const;

/**
 * Decodes the bytes of an issue: UTF-16 by its byte order mark, UTF-8, else windows-1252 with a
 * finding. Line ends become `\n`, a byte order mark goes. Bytes that are no text give one error.
 */
export function decodeSource(bytes: Uint8Array): { text: string; findings: Finding[] } {
  if (bytes.length > MAX_ISSUE_BYTES) return { text: '', findings: [tooLarge()] };
  const isLittle = UTF16_LE.every((byte, i) => bytes[i] === byte);
  const isBig = UTF16_BE.every((byte, i) => bytes[i] === byte);
  if (isLittle || isBig) {
    return finish(new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes), []);
  }
  if (bytes.includes(0)) return { text: '', findings: [notText()] };
  try {
    return finish(new TextDecoder('utf-8', { fatal: true }).decode(bytes), []);
  } catch {
    return finish(new TextDecoder('windows-1252').decode(bytes), [
      {
        severity: 'warning',
        code: 'source.not-utf8',
        message: 'The file is not UTF-8; it was read as windows-1252.',
        remedy: 'Save the file as UTF-8 if accented letters or quotation marks look wrong.',
      },
    ]);
  }
}

function finish(decoded: string, findings: Finding[]): { text: string; findings: Finding[] } {
  const text = decoded
    .replace(/^\uFEFF/, '')
    .replace(LINE_END, '\n')
    .toWellFormed()
    .normalize('NFC');
  const controls = text.match(CONTROLS)?.length ?? 0;
  const isShort = text.length < 400;
  if ((controls > 8 || isShort) && controls > text.length / 100)
    return { text: '', findings: [notText()] };
  if (text.trim() === '') {
    findings.push({
      severity: 'error',
      code: 'source.empty',
      message: 'The file is empty.',
      remedy: 'Copy the whole page of the issue into the file and import it again.',
    });
  }
  return { text: controls === 0 ? text : text.replace(CONTROLS, ''), findings };
}

/** NEL among other letters is a byte of mojibake: "Ã\u0085" is "Å". */
const LINE_END = /\r\n?|[\v\f\u2028\u2029]|(?<![^\p{ASCII}])\u0085/gu;
/** Without U+0080 to U+009F, the bytes that windows-1252 leaves undefined: mojibake needs them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

function notText(): Finding {
  return {
    severity: 'error',
    code: 'source.not-text',
    message: 'The file is binary, not text.',
    remedy: 'Save the issue as plain text (UTF-8) and import that file.',
  };
}

/** The finding for a source that is over the cap. */
export function tooLarge(): Finding {
  return {
    severity: 'error',
    code: 'source.too-large',
    message: `The file is larger than an issue can be: more than ${MAX_ISSUE_BYTES / 1024 / 1024} MiB.`,
    remedy: 'Import a file with one issue in it.',
  };
}
