import { formatLikes, formatPeriod } from '../text/labels.ts';
import type { Voice } from './voice.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** English. */
export const en: Voice = {
  language: 'en',
  templates: {
    title: '{title}',
    byline: '{byline}',
    labels: '{likes} · {topics} · {pick}',
    closing: 'From issue #{number}, {period}: {issueTitle}',
    entry: '{title} · {names} · {likes} · {pick} · {issue}',
    newsLine: '{likes} · {news}',
    issueDigest: 'Issue #{number}: {issueTitle} · {period}',
    newsDigest: 'Industry news · {period}',
    topicDigest: '{topic}, {period}',
    monthDigest: 'The papers of {month}, most liked first',
    digestClosing: 'Read issue #{number}: {issueTitle}',
    severalClosing: 'From {issues} issues, most recently #{number}: {issueTitle}',
  },
  words: {
    pick: 'Editor’s pick',
    news: 'News',
    papers: 'Papers',
    readPaper: 'Read the paper',
    readIssue: 'Read the issue',
    issue: 'Issue',
    paperOf: (position, count) => `paper ${position} of ${count}`,
    partOf: (index, count) => `part ${index} of ${count}`,
    figure: 'Figure from the paper',
  },
  formatPeriod,
  formatMonth(month) {
    const [year, number] = month.split('-');
    return `${MONTHS[Number(number) - 1]} ${year}`;
  },
  formatLikes,
  nameLikes: (likes) => `${formatLikes(likes)} ${likes === 1 ? 'like' : 'likes'}`,
  listNames(authors, etAl) {
    if (etAl) return `${authors.join(', ')} et al.`;
    return [authors.slice(0, -1).join(', '), ...authors.slice(-1)].filter(Boolean).join(' and ');
  },
};
