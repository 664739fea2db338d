import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarEntry, writeCalendar } from '../../src/schedule/write-calendar.ts';

const STAMPED = new Date('2026-11-23T08:00:00.000Z');
const ENTRY: CalendarEntry = {
  uid: 'bluesky-93-paper-alpha@paperboy',
  at: new Date('2026-11-24T08:00:00.000Z'),
  minutes: 15,
  title: 'Alpha',
  description: 'waits for approval',
};

/** The lines of a calendar as RFC 5545 reads them: unfolded, by name, values of text unescaped. */
function read(text: string): [string, string][] {
  return text
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      const value = line
        .slice(colon + 1)
        .replace(/\\([\\;,nN])/g, (_, sign) => (sign === 'n' || sign === 'N' ? '\n' : sign));
      return [line.slice(0, colon), value];
    });
}

test('an entry is an event in UTC, stamped with the instant that is given', () => {
  const text = writeCalendar([{ ...ENTRY, url: 'https://example.org/93/alpha' }], STAMPED);

  expect(text).toBe(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Paperboy//Plan//EN',
      'NAME:Paperboy',
      'X-WR-CALNAME:Paperboy',
      'BEGIN:VEVENT',
      'UID:bluesky-93-paper-alpha@paperboy',
      'SEQUENCE:28195200',
      'DTSTAMP:20261123T080000Z',
      'DTSTART:20261124T080000Z',
      'DTEND:20261124T081500Z',
      'SUMMARY:Alpha',
      'DESCRIPTION:waits for approval',
      'URL;VALUE=URI:https://example.org/93/alpha',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
});

test('what is written again later is an update of it, and asks nobody to come', () => {
  const sequence = (at: Date): number =>
    Number(read(writeCalendar([ENTRY], at)).find(([name]) => name === 'SEQUENCE')?.[1]);

  const first = sequence(STAMPED);

  expect(sequence(new Date(STAMPED.getTime() + 1000))).toBe(first + 1);
  expect(sequence(new Date('1999-01-01T00:00:00.000Z'))).toBe(0);
  expect(sequence(new Date('2093-12-31T00:00:00.000Z'))).toBeLessThan(2 ** 31);
  expect(read(writeCalendar([ENTRY], STAMPED)).map(([name]) => name)).not.toContain('METHOD');
});

test('a calendar without entries is one', () => {
  expect(read(writeCalendar([], STAMPED)).at(-1)).toEqual(['END', 'VCALENDAR']);
});

test('an address keeps its meaning without a backslash, and what is none is left out', () => {
  const write = (url: string): [string, string][] =>
    read(writeCalendar([{ ...ENTRY, url }], STAMPED)).filter(([name]) => name.startsWith('URL'));

  expect(write('https://example.org/a,b;c?d=e')).toEqual([
    ['URL;VALUE=URI', 'https://example.org/a%2Cb%3Bc?d=e'],
  ]);
  expect(write('https://example.org/\r\nATTENDEE:x')).toEqual([
    ['URL;VALUE=URI', 'https://example.org/ATTENDEE:x'],
  ]);
  expect(write('no address')).toEqual([]);
});

test('whatever stands in an entry, it stays in its line, whole and folded, and comes out the same', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme', minLength: 60, maxLength: 300 }),
    fc
      .array(
        fc.constantFrom('a', ',', ';', ':', '\\', '"', '\r\n', '\n', '\\n', 'END:VEVENT', '💡'),
        {
          maxLength: 120,
        },
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(words, words, words, (uid, title, description) => {
      const text = writeCalendar([{ ...ENTRY, uid: `u${uid}`, title, description }], STAMPED);

      expect(text.endsWith('\r\n')).toBe(true);
      const bad = text
        .slice(0, -2)
        .split('\r\n')
        .filter((line) => Buffer.byteLength(line) > 75 || /[^\P{Cc}\t]/u.test(line));
      expect(bad).toEqual([]);
      const lines = read(text);
      expect(lines.map(([name]) => name).filter((name) => name === 'END')).toHaveLength(2);
      const values = new Map(lines);
      const clean = (one: string): string =>
        one.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '');
      expect(values.get('SUMMARY')).toBe(clean(title));
      expect(values.get('DESCRIPTION') ?? '').toBe(clean(description));
    }),
    { numRuns: 80 },
  );
});
