import { checkItsOwnText } from '../../formatters/check-own-text.ts';
import { makeIssueDigest } from '../../formatters/digest.ts';
import type { FormatOptions } from '../../formatters/draft.ts';
import { findOwnText, platforms } from '../../formatters/index.ts';
import { listItems } from '../../formatters/item.ts';
import { locateFinding } from '../issue/doctor/examine-issue.ts';
import type { Finding } from '../issue/finding.ts';
import type { Issue } from '../issue/schema.ts';

/**
 * What keeps the own texts of an issue from going out as they stand. Each is an error, with its
 * place where `source` has the words.
 */
export function tellOwnTexts(
  issue: Issue,
  format: (name: string) => FormatOptions,
  source = '',
): Finding[] {
  const findings = [...listItems(issue), makeIssueDigest(issue)].flatMap((item) =>
    Object.entries(findOwnText(item) ?? {}).flatMap(([name, ownText]): Finding[] => {
      const of = item.kind === 'paper' ? `“${item.paper.title}”` : 'the digest';
      const words = ownText.trim().split('\n')[0]?.slice(0, 60) ?? '';
      const platform = platforms.find((one) => one === name);
      if (platform === undefined) return [unknown(name, of, words)];
      return checkItsOwnText(item, platform, { ...format(platform), ownText }).map((why) => ({
        severity: 'error',
        code: 'own-text.misfit',
        words,
        message: `The own text of ${of} for ${platform} cannot go out as it stands: ${why}.`,
        remedy: 'Shorten it, or begin another post with a line of three hyphens: ---',
      }));
    }),
  );
  return findings.map((finding) => locateFinding(finding, source));
}

function unknown(name: string, of: string, words: string): Finding {
  return {
    severity: 'error',
    code: 'own-text.platform-unknown',
    words,
    message: `The own text of ${of} is for “${name}”, which is no platform.`,
    remedy: `Name one of: ${platforms.join(', ')}.`,
  };
}
