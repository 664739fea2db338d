import type { Period } from '../schema.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?:,?\\s+(\\d{4}))?';
const TO = '\\s*(?:[~～∼–—‒−-]|to)\\s*';
const PERIOD = new RegExp(`^${MONTH}\\s+${DAY}${YEAR}${TO}(?:${MONTH}\\s+)?${DAY}${YEAR}$`, 'i');
const LOOKS_LIKE_PERIOD = new RegExp(`^${MONTH}\\s+${DAY}${YEAR}${TO}(?:${MONTH}\\b|\\d)`, 'i');

const MONTH_MS = 31 * 24 * 60 * 60 * 1000;
/** An issue is of a week, at times of a month or two; more is two dates in the wrong order. */
const LONGEST_MS = 100 * 24 * 60 * 60 * 1000;

/** What a line that looks like a period says. `undefined` dates: such days do not exist. */
export type ReadPeriod = {
  readonly period: Period | undefined;
  readonly hasYear: boolean;
  /** The year was inferred, and the same days of the next year begin within a month. */
  readonly isNearNext?: boolean;
};

/** True for a line that was meant as a period, though it may not read as one. */
export function looksLikePeriod(line: string): boolean {
  return LOOKS_LIKE_PERIOD.test(line);
}

/**
 * Reads "Jan 26th ~ Feb 2nd". Without a year in the text or from the caller, the year is the
 * latest in which the period has begun by `now` (its day in UTC); a period that ends in an
 * earlier month than it begins ends in the next year.
 */
export function parsePeriod(line: string, now: Date, year?: number): ReadPeriod | undefined {
  const match = line.length <= 80 ? PERIOD.exec(line) : null;
  if (match === null) return undefined;
  const [, startName = '', startDay = '', startYear, endName, endDay = '', endYear] = match;
  const startMonth = MONTHS.indexOf(startName.slice(0, 3).toLowerCase());
  const endMonth =
    endName === undefined ? startMonth : MONTHS.indexOf(endName.slice(0, 3).toLowerCase());
  const wraps = endMonth < startMonth ? 1 : 0;
  const isOneYear =
    startYear === undefined || endYear === undefined || Number(startYear) + wraps === +endYear;
  const at = (candidate: number): Period | undefined => {
    const start = isOneYear ? toIsoDate(candidate, startMonth, Number(startDay)) : undefined;
    const end = toIsoDate(candidate + wraps, endMonth, Number(endDay));
    if (start === undefined || end === undefined || start > end) return undefined;
    return Date.parse(end) - Date.parse(start) <= LONGEST_MS ? { start, end } : undefined;
  };
  const stated = startYear ?? (endYear === undefined ? undefined : Number(endYear) - wraps);
  if (year !== undefined || stated !== undefined) {
    return { period: at(year ?? Number(stated)), hasYear: true };
  }
  const today = now.toISOString().slice(0, 10);
  const latest = now.getUTCFullYear();
  // A 29th of February is at most eight years back.
  for (let candidate = latest; candidate > latest - 9; candidate -= 1) {
    const period = at(candidate);
    if (period === undefined || period.start > today) continue;
    const soon = new Date(now.getTime() + MONTH_MS).toISOString().slice(0, 10);
    const next = at(candidate + 1)?.start ?? '9999';
    return { period, hasYear: false, isNearNext: next <= soon };
  }
  return { period: undefined, hasYear: false };
}

function toIsoDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month, day));
  const isReal = date.getUTCMonth() === month && date.getUTCDate() === day;
  const hasFourDigits = Number.isInteger(year) && year >= 1000 && year <= 9999;
  return isReal && hasFourDigits ? date.toISOString().slice(0, 10) : undefined;
}
