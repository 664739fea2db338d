import { describe, expect, it } from 'vitest';
import { readTime } from '../../src/desk/read-time.ts';
import { makeFakeClock } from '../support/fake-clock.ts';

const at = (timeZone: string) => ({
  clock: makeFakeClock('2026-09-01T08:00:00.000Z'),
  timeZone,
});

describe('readTime', () => {
  it('says that the clock skips a time, and where it goes on', () => {
    const skipped = (remedy: string) =>
      expect.objectContaining({ code: 'time.skipped', remedy: expect.stringContaining(remedy) });

    expect(() => readTime(at('Europe/Berlin'), '2027-03-28 02:30')).toThrow(
      skipped('Give 2027-03-28 03:00, to which it jumps'),
    );
    // Beirut goes from midnight to one.
    expect(() => readTime(at('Asia/Beirut'), '2027-03-28T0:05')).toThrow(
      skipped('Give 2027-03-28 01:00,'),
    );
    expect(() => readTime(at('Europe/Berlin'), '2027-03-28 02:30')).toThrow(
      'Cannot post at “2027-03-28 02:30” as the clock in Europe/Berlin skips that time on that day',
    );
  });

  it.each(['2027-02-30 09:00', '2027-03-28 24:00', 'soon'])('says that %s is no time', (text) => {
    expect(() => readTime(at('Europe/Berlin'), text)).toThrow(
      expect.objectContaining({ code: 'time.unreadable' }),
    );
  });

  it('takes what the clock does not skip elsewhere', () => {
    expect(readTime(at('UTC'), '2027-03-28 02:30')).toEqual(new Date('2027-03-28T02:30Z'));
  });
});
