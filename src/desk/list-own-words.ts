import type { Platform } from '../../formatters/draft.ts';
import { platforms } from '../../formatters/index.ts';
import type { ImportResult } from './import.ts';

/** An item that goes out in an editor's own words on some platforms, whatever else becomes of it. */
export type OwnWords = {
  /** "paper/⟨slug⟩", or "digest". */
  readonly item: string;
  readonly title: string;
  readonly platforms: readonly Platform[];
};

/**
 * What a revision changes and an editor has put in own words that it leaves as they are: there the
 * change does not go out. The digest is concerned by whatever is other.
 */
export function listOwnWords({ issue, changes = [] }: Partial<ImportResult>): OwnWords[] {
  if (issue === undefined) return [];
  const kept = (
    own: Readonly<Record<string, string>> | undefined,
    details: readonly string[],
  ): Platform[] =>
    platforms.filter(
      (one) => own?.[one] !== undefined && !details.some((detail) => isAbout(detail, one)),
    );
  const papers = issue.papers.map(({ slug, title, ownText }): OwnWords => {
    const details = changes.flatMap((one) =>
      one.part === 'paper' && one.kind === 'changed' && one.slug === slug ? one.details : [],
    );
    const isOther = details.some((detail) => isWord(detail));
    return { item: `paper/${slug}`, title, platforms: isOther ? kept(ownText, details) : [] };
  });
  const rest = changes.flatMap(({ part, details }) => (part === 'issue' ? details : []));
  const isOther = changes.some(
    ({ kind, details }) => kind !== 'changed' || details.some((detail) => isWord(detail)),
  );
  const digest = { item: 'digest', title: 'the digest' };
  const all = [...papers, { ...digest, platforms: isOther ? kept(issue.ownText, rest) : [] }];
  return all.filter((one) => one.platforms.length > 0);
}

/** As `compareIssues` says it; own words and the number of likes are none of the newsletter's words. */
function isWord(detail: string): boolean {
  return !/^(?:the own text for |likes: )/.test(detail);
}

function isAbout(detail: string, platform: Platform): boolean {
  return detail.startsWith(`the own text for ${platform} `);
}
