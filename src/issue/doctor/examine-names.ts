import type { Finding } from '../finding.ts';
import type { Issue } from '../schema.ts';
import { isOneLetterOff } from './edit-distance.ts';
import type { Known } from './known.ts';

/** In shorter names one letter is a different name: "MIT" and "NIT". */
const SHORTEST_NAME = 5;
/** A name that was there so often is no typo itself. */
const OFTEN = 2;

/** Organizations and topics that are one letter off one that older issues have more than once. */
export function examineNames(issue: Issue, known: Known): Finding[] {
  return [
    ...examine(
      'organization',
      listNames(issue, 'organization'),
      countNames(known, 'organizations'),
    ),
    ...examine('topic', listNames(issue, 'topic'), countNames(known, 'topics')),
  ];
}

type Counted = { readonly name: string; count: number };

function examine(
  what: 'organization' | 'topic',
  names: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, Counted>,
): Finding[] {
  const findings: Finding[] = [];
  const often = [...known].filter(([, { count }]) => count >= OFTEN);
  for (const [folded, name] of names) {
    if (folded.length < SHORTEST_NAME || (known.get(folded)?.count ?? 0) >= OFTEN) continue;
    const near = often.find(([other]) => isTypo(folded, other))?.[1];
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

function countNames({ issues }: Known, what: 'organizations' | 'topics'): Map<string, Counted> {
  const counts = new Map<string, Counted>();
  for (const { papers } of issues) {
    for (const paper of papers) {
      for (const name of paper[what]) {
        const folded = name.toLowerCase();
        const counted = counts.get(folded);
        if (counted === undefined) counts.set(folded, { name, count: 1 });
        else counted.count += 1;
      }
    }
  }
  return counts;
}
