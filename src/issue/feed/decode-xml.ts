const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/**
 * The characters of an XML element's raw content: CDATA as it stands, elsewhere the five entities
 * of XML and the numeric ones. Other entities stay as they are: what a document declares itself is
 * never expanded. Linear.
 * https://www.w3.org/TR/xml/#sec-references
 */
export function decodeXml(raw: string): string {
  let text = '';
  let at = 0;
  while (at < raw.length) {
    const open = raw.indexOf('<![CDATA[', at);
    if (open < 0) return text + decodeEntities(raw.slice(at));
    const close = raw.indexOf(']]>', open);
    const end = close < 0 ? raw.length : close;
    text += decodeEntities(raw.slice(at, open)) + raw.slice(open + 9, end);
    at = end + 3;
  }
  return text;
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : whole;
    },
  );
}
