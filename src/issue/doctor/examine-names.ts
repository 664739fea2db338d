import type { Finding } from '../finding.ts';
import type { Issue } from '../schema.ts';
import { isOneLetterOff } from './edit-distance.ts';
import type { KnownIndex, Mentions } from './known-index.ts';

/** In shorter names one letter is a different name: "MIT" and "NIT". */
const SHORTEST_NAME = 5;
/** A name that was there so often is no typo itself. */
const OFTEN = 2;

/** Organizations and topics that are one letter off one that other issues have more than once. */
export function examineNames(issue: Issue, { names }: KnownIndex): Finding[] {
  return [
    ...examine('organization', issue, names.organizations),
    ...examine('topic', issue, names.topics),
  ];
}

type Names = ReadonlyMap<string, Mentions>;
type Near = { readonly name: string; readonly count: number };

function examine(what: 'organization' | 'topic', issue: Issue, known: Names): Finding[] {
  const findings: Finding[] = [];
  for (const [folded, name] of listNames(issue, what)) {
    if (folded.length < SHORTEST_NAME) continue;
    if (countOthers(known.get(folded), issue.number) >= OFTEN) continue;
    const near = findNear(folded, known, issue.number);
    if (near === undefined) continue;
    findings.push({
      severity: 'warning',
      code: `${what}.typo-probable`,
      words: name,
      message: `The ${what} “${name}” is one letter off “${near.name}”, which ${near.count} papers of older issues have.`,
      remedy: `Write “${near.name}” if that is meant.`,
    });
  }
  return findings;
}

/** How often issues other than `number` have a name. */
function countOthers(mentions: Mentions | undefined, number: number): number {
  return (mentions?.total ?? 0) - (mentions?.byIssue.get(number)?.count ?? 0);
}

/** Of the names that are there often, the one that stands first in the newest issue, as written there. */
function findNear(folded: string, known: Names, number: number): Near | undefined {
  let near: (Near & { readonly in: number; readonly at: number }) | undefined;
  for (const [other, mentions] of known) {
    const count = countOthers(mentions, number);
    if (count < OFTEN || !isTypo(folded, other)) continue;
    for (const [issue, { name, at }] of mentions.byIssue) {
      if (issue === number) continue;
      const isBefore = near === undefined || issue > near.in || (issue === near.in && at < near.at);
      if (isBefore) near = { name, count, in: issue, at };
    }
  }
  return near;
}

/** Another digit is another name: "Llama 2" and "Llama 3". */
function isTypo(name: string, other: string): boolean {
  const digits = (text: string): string => text.replace(/\P{N}/gu, '');
  return (
    Math.abs(name.length - other.length) <= 2 &&
    name !== other &&
    digits(name) === digits(other) &&
    isOneLetterOff(name, other)
  );
}

/** The names in an issue, by what they are when case does not count. */
function listNames({ papers }: Issue, what: 'organization' | 'topic'): Map<string, string> {
  const names = papers.flatMap(({ byline, topics }) =>
    what === 'topic' ? topics : byline.organizations,
  );
  return new Map(names.map((name) => [name.toLowerCase(), name]));
}
