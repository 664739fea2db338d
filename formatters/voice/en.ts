import { formatLikes, formatPeriod } from '../text/labels.ts';
import type { Voice } from './voice.ts';

/** English. */
export const en: Voice = {
  language: 'en',
  templates: {
    title: '{title}',
    byline: '{byline}',
    labels: '{likes} · {topics} · {pick}',
    closing: 'From issue #{number}, {period}: {issueTitle}',
    entry: '{title} · {names} · {likes} · {pick}',
    newsLine: '{likes} {news}',
    issueDigest: '#{number} {issueTitle} · {period}',
    newsDigest: 'Industry news · {period}',
    topicDigest: '{topic} · {period}',
    monthDigest: '{month}',
  },
  words: {
    pick: 'Editor’s pick',
    likes: 'likes',
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
  formatMonth: (month) => month,
  formatLikes,
};
