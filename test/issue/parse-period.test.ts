import { describe, expect, test } from 'vitest';
import { parsePeriod } from '../../src/issue/text/parse-period.ts';

const NOW = new Date('2026-05-01T12:00:00Z');

describe('parsePeriod', () => {
  test.each([
    ['Jan 26th ~ Feb 2nd', '2026-01-26', '2026-02-02'],
    ['Jan 26th – Feb 2nd', '2026-01-26', '2026-02-02'],
    ['Jan 26th — Feb 2nd', '2026-01-26', '2026-02-02'],
    ['Jan 26 - Feb 2', '2026-01-26', '2026-02-02'],
    ['January 26th to February 2nd', '2026-01-26', '2026-02-02'],
    ['Jan. 26th~Feb. 2nd', '2026-01-26', '2026-02-02'],
    ['Apr 1st ~ 7th', '2026-04-01', '2026-04-07'],
    ['Sept 1st ~ Sept 7th', '2025-09-01', '2025-09-07'],
    ['Jan 26th ~ Feb 2nd, 2024', '2024-01-26', '2024-02-02'],
    ['Jan 26th, 2024 ~ Feb 2nd', '2024-01-26', '2024-02-02'],
    ['Dec 29th ~ Jan 4th', '2025-12-29', '2026-01-04'],
    ['Dec 29th ~ Jan 4th, 2024', '2023-12-29', '2024-01-04'],
    ['Dec 29th, 2023 ~ Jan 4th, 2024', '2023-12-29', '2024-01-04'],
    ['Feb 23rd ~ Feb 29th', '2024-02-23', '2024-02-29'],
    ['Feb 29th, 2024 ~ Mar 6th', '2024-02-29', '2024-03-06'],
    ['May 1st ~ May 7th', '2026-05-01', '2026-05-07'],
    ['May 2nd ~ May 8th', '2025-05-02', '2025-05-08'],
  ])('reads “%s” as %s to %s', (line, start, end) => {
    expect(parsePeriod(line, NOW)?.period).toEqual({ start, end });
  });

  test.each([
    'Feb 24th ~ Feb 30th',
    'Feb 30th ~ Mar 3rd',
    'Apr 31st ~ May 2nd',
    'Jan 0th ~ Jan 7th',
    'Apr 7th ~ Apr 1st',
    'Feb 29th, 2023 ~ Mar 6th',
    'Jan 26th, 2024 ~ Feb 2nd, 2023',
    'Jan 1st, 0026 ~ Jan 7th',
  ])('knows “%s” for a period that never was', (line) => {
    expect(parsePeriod(line, NOW)).toMatchObject({ period: undefined });
  });

  test('takes the year of the caller over that of the text', () => {
    expect(parsePeriod('Jan 26th ~ Feb 2nd, 2024', NOW, 2025)?.period?.start).toBe('2025-01-26');
    expect(parsePeriod('Dec 29th ~ Jan 4th', NOW, 2024)?.period?.end).toBe('2025-01-04');
    expect(parsePeriod('Feb 29th ~ Mar 6th', NOW, 2023)?.period).toBeUndefined();
    expect(parsePeriod('Feb 1st ~ Feb 6th', NOW, 123_456)?.period).toBeUndefined();
  });

  test.each([
    '',
    'Jan',
    'Jan 26th',
    'Screening Is Enough',
    '#93 Jan 26th ~ Feb 2nd',
    'Foo 1 ~ Bar 2',
  ])('does not read “%s” as a period', (line) => {
    expect(parsePeriod(line, NOW)).toBeUndefined();
  });
});
