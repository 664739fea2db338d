import type { Period } from '../../src/issue/schema.ts';
import type { Voice } from './voice.ts';

const MONTHS = [
  'Januar',
  'Februar',
  'März',
  'April',
  'Mai',
  'Juni',
  'Juli',
  'August',
  'September',
  'Oktober',
  'November',
  'Dezember',
];
/** As the CLDR abbreviates them: short names stay whole. https://cldr.unicode.org */
const SHORT_MONTHS = 'Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.'.split(' ');

/** German. */
export const de: Voice = {
  language: 'de',
  templates: {
    title: '{title}',
    byline: '{byline}',
    labels: '{likes} · {topics} · {pick}',
    closing: 'Aus Ausgabe #{number}, {period}: {issueTitle}',
    entry: '{title} · {names} · {likes} · {pick} · {issue}',
    newsLine: '{likes} · {news}',
    issueDigest: 'Ausgabe #{number}: {issueTitle} · {period}',
    newsDigest: 'Neues aus der Branche · {period}',
    topicDigest: '{topic}, {period}',
    monthDigest: 'Die Papers im {month}, die beliebtesten zuerst',
    digestClosing: 'Zur Ausgabe #{number}: {issueTitle}',
    severalClosing: 'Aus {issues} Ausgaben, zuletzt #{number}: {issueTitle}',
  },
  words: {
    pick: 'Tipp der Redaktion',
    news: 'Nachrichten',
    papers: 'Papers',
    readPaper: 'Zum Paper',
    readIssue: 'Zur Ausgabe',
    issue: 'Ausgabe',
    paperOf: (position, count) => `Paper ${position} von ${count}`,
    partOf: (index, count) => `Teil ${index} von ${count}`,
    figure: 'Abbildung aus dem Paper',
  },
  formatPeriod,
  formatMonth(month) {
    const [year, number] = month.split('-');
    return `${MONTHS[Number(number) - 1]} ${year}`;
  },
  formatLikes,
  nameLikes: (likes) => `${formatLikes(likes)} ${likes === 1 ? 'Like' : 'Likes'}`,
  listNames(authors, etAl) {
    if (etAl) return `${authors.join(', ')} et al.`;
    return [authors.slice(0, -1).join(', '), ...authors.slice(-1)].filter(Boolean).join(' und ');
  },
};

/** "26. Jan. – 2. Feb. 2026", "1.–7. Apr. 2026" or, over a new year, both years. */
function formatPeriod({ start, end }: Period): string {
  const [startYear, startMonth, startDay] = start.split('-').map(Number);
  const [endYear, endMonth = 1, endDay] = end.split('-').map(Number);
  const until = `${endDay}. ${SHORT_MONTHS[endMonth - 1]} ${endYear}`;
  if (start === end) return until;
  if (startYear === endYear && startMonth === endMonth) return `${startDay}.–${until}`;
  const from = `${startDay}. ${SHORT_MONTHS[(startMonth ?? 1) - 1]}`;
  return `${startYear === endYear ? from : `${from} ${startYear}`} – ${until}`;
}

/** 4300 as "4.300", for German has no "k"; from a million on "1,2 Mio.", with a no-break space. */
function formatLikes(likes: number): string {
  if (likes < 1_000_000) return String(likes).replace(/\B(?=(?:\d{3})+$)/g, '.');
  const tenths = Math.round(likes / 100_000);
  return `${String(tenths / 10).replace('.', ',')}\u00a0Mio.`;
}
