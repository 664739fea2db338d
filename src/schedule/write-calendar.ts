import ical from 'ical-generator';

/** Something that is planned, as a calendar shows it. */
export type CalendarEntry = {
  /** The same for the same entry whenever it is written: calendars update by it. */
  readonly uid: string;
  readonly at: Date;
  /** How long it fills the calendar. */
  readonly minutes: number;
  readonly title: string;
  readonly description: string;
  readonly url?: string | undefined;
};

/** Sequence numbers are seconds since then: they fit 32 bits until 2094. */
const SEQUENCE_EPOCH_MS = Date.UTC(2026, 0, 1);

/** Controls, but for tabs and line ends: no text has them, https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11 */
const CONTROLS = /[^\P{Cc}\t\r\n]/gu;

/**
 * The entries as an iCalendar file (RFC 5545), in their order, times in UTC. The same entries and
 * `stampedAt`, which says when they were drawn, give the same bytes. Of an entry that is written
 * again later the sequence number is greater, by which a calendar takes it for an update:
 * https://www.rfc-editor.org/rfc/rfc5545#section-3.8.7.4. It has no METHOD, which would make an
 * invitation of it, with an organizer: it is what is planned, and nobody is asked to come.
 */
export function writeCalendar(entries: readonly CalendarEntry[], stampedAt: Date): string {
  const calendar = ical({
    prodId: { company: 'Paperboy', product: 'Plan', language: 'EN' },
    name: 'Paperboy',
  });
  const sequence = Math.max(0, Math.floor((stampedAt.getTime() - SEQUENCE_EPOCH_MS) / 1000));
  for (const { uid, at, minutes, title, description, url } of entries) {
    calendar.createEvent({
      // It is written as it stands.
      id: uid.replace(/\s+/g, '-').replace(CONTROLS, ''),
      sequence,
      stamp: stampedAt,
      start: at,
      end: new Date(at.getTime() + minutes * 60_000),
      summary: title.replace(CONTROLS, ''),
      description: description.replace(CONTROLS, ''),
      url: url === undefined ? null : toAddress(url),
    });
  }
  // The generator leaves the last line open.
  return `${calendar.toString()}\r\n`;
}

/** Left out where it is no address. The generator would put a backslash before some of its characters. */
function toAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  return new URL(url).href.replace(/[\\;,]/g, encodeURIComponent);
}
