/** An event of a calendar: its properties by name, texts as they were before they were written. */
export type ParsedEvent = Readonly<Record<string, string>>;

const MOST_OCTETS = 75;
/** https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
const LINE = /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^;:"]*))*):(.*)$/;
const INSTANT = /^\d{8}T\d{6}Z$/;

/** The events of an iCalendar file. Throws on whatever RFC 5545 does not allow, of what it knows. */
export function parseCalendar(text: string): ParsedEvent[] {
  if (!text.endsWith('\r\n')) throw new Error('the last line is not ended');
  const raw = text.slice(0, -2).split('\r\n');
  for (const line of raw) {
    if (/[\r\n]/.test(line)) throw new Error(`a line is ended by less than CRLF: ${line}`);
    if (Buffer.byteLength(line) > MOST_OCTETS) throw new Error(`a line is too long: ${line}`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line)) throw new Error('a control character');
  }
  const lines = raw
    .join('\r\n')
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n');
  if (lines[0] !== 'BEGIN:VCALENDAR' || lines.at(-1) !== 'END:VCALENDAR') {
    throw new Error('it is no calendar');
  }
  const events: Record<string, string>[] = [];
  let event: Record<string, string> | undefined;
  for (const line of lines.slice(1, -1)) {
    const [, name = '', , value = ''] = LINE.exec(line) ?? fail(`no property: ${line}`);
    if (name === 'BEGIN') {
      if (value !== 'VEVENT' || event !== undefined) fail(`not here: ${line}`);
      event = {};
    } else if (name === 'END') {
      if (value !== 'VEVENT' || event === undefined) fail(`not here: ${line}`);
      events.push(check(event ?? {}));
      event = undefined;
    } else if (event !== undefined) {
      if (name in event) fail(`twice: ${line}`);
      event[name] = readText(value);
    }
  }
  if (event !== undefined) fail('an event is not ended');
  const uids = events.map(({ UID }) => UID);
  if (new Set(uids).size !== uids.length) fail('two events have the same UID');
  return events;
}

function check(event: Record<string, string>): Record<string, string> {
  for (const name of ['UID', 'DTSTAMP', 'DTSTART']) {
    if (event[name] === undefined) fail(`an event has no ${name}`);
  }
  for (const name of ['DTSTAMP', 'DTSTART', 'DTEND']) {
    if (!INSTANT.test(event[name] ?? '')) fail(`${name} is no instant in UTC: ${event[name]}`);
  }
  return event;
}

/** https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11 */
function readText(value: string): string {
  return value.replace(/\\(.)/g, (whole, character: string) => {
    if (character === 'n' || character === 'N') return '\n';
    return /[\\;,]/.test(character) ? character : fail(`no escape: ${whole}`);
  });
}

function fail(why: string): never {
  throw new Error(why);
}
