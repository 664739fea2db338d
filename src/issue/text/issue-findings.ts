import type { Finding } from '../finding.ts';
import { shorten } from './read-header.ts';

/** Mojibake in a line, repaired; `before` and `after` are the line. */
export function repaired(line: number, before: string, after: string): Finding {
  const garbled = before.split(/\s+/);
  const word = after.split(/\s+/).find((candidate, i) => candidate !== garbled[i]) ?? '';
  return {
    severity: 'info',
    code: 'text.mojibake-repaired',
    line,
    message: `Letters that were garbled by a wrong encoding are put right: “${shorten(word)}”.`,
    remedy: 'Nothing to do, unless the repaired letters are wrong: then correct the file.',
  };
}

/** An issue without a paper. */
export function noPapers(): Finding {
  return {
    severity: 'error',
    code: 'issue.papers-missing',
    message: 'No paper was found.',
    remedy:
      'Give each paper a title line, then a byline such as “Xin et al. [NVIDIA]”, then a line such as “♥ 4.3k Quantization”.',
  };
}

/** More papers than an issue has. */
export function tooManyPapers(count: number, most: number): Finding {
  return {
    severity: 'error',
    code: 'issue.papers-too-many',
    message: `The text has ${count} papers, more than an issue can have (${most}).`,
    remedy: 'Import a file with one issue in it.',
  };
}

/** A text without anything that issues have. */
export function notAnIssue(): Finding {
  return {
    severity: 'error',
    code: 'issue.unrecognized',
    message: 'This text is no newsletter issue: it has no number (#93), no period and no paper.',
    remedy: 'Copy the whole page of an issue, from its title to its last paragraph.',
  };
}
