import type { Document } from 'yaml';
import type { Finding } from '../finding.ts';
import { findPosition } from '../position.ts';
import { issueSchema } from '../schema.ts';
import type { Imported } from '../text/import-text.ts';
import { repairMojibake } from '../text/repair-mojibake.ts';
import { fillByHand } from './by-hand.ts';
import { composeYaml, findOffset } from './compose-yaml.ts';
import { describeProblems } from './describe-problem.ts';

export type StructuredKind = 'yaml' | 'json';

/** Aliases may repeat a byline, not blow a small file up. */
const MAX_ALIASES = 100;
/** After so many problems the file is something else than was meant. */
const MAX_FINDINGS = 20;

/**
 * Reads an issue that is written in the schema itself, as `paperboy export` writes it. What does
 * not fit is an error with its place in the file. Never throws; pure; linear.
 */
export function importStructured(source: string, kind: StructuredKind): Imported {
  const composed = composeYaml(source);
  if (composed.kind !== 'composed') return refuse([tooMuch(composed.kind)]);
  const { document, secondAt } = composed;
  const read = kind === 'json' ? readJson(source, document) : readYaml(source, document);
  if (secondAt !== undefined) {
    read.findings.push(badSyntax(kind, source, secondAt, 'a second document begins here'));
  }
  if (read.findings.length > 0) return refuse(read.findings);
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse([noIssue()]);
  }
  const filled = fillByHand(value as Readonly<Record<string, unknown>>);
  const parsed = issueSchema.safeParse(filled);
  if (parsed.success) {
    return { issue: parsed.data, findings: findMojibake(source), isWhole: true };
  }
  const findings: Finding[] = [];
  for (const issue of parsed.error.issues) {
    // A wide file can have a million problems; the first ones are told.
    if (findings.length > MAX_FINDINGS) break;
    for (const { key, ...problem } of describeProblems(filled, issue)) {
      const place = findPosition(source, findOffset(document, issue.path, key));
      findings.push({ severity: 'error', ...place, ...problem });
    }
  }
  return refuse(findings);
}

type Read = { readonly value?: unknown; readonly findings: Finding[] };

function readYaml(source: string, document: Document.Parsed): Read {
  const problems = [...document.errors, ...document.warnings].slice(0, MAX_FINDINGS + 1);
  const findings = problems.map(({ pos, message }) => badSyntax('yaml', source, pos[0], message));
  if (findings.length > 0) return { findings };
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), findings };
  } catch (error) {
    // An alias without its anchor, or too many of them.
    const message = error instanceof Error ? error.message : String(error);
    return { findings: [badSyntax('yaml', source, 0, message)] };
  }
}

/** JSON is held to its own stricter grammar; a key that is there twice is seen in the tree alone. */
function readJson(source: string, document: Document.Parsed): Read {
  try {
    const value: unknown = JSON.parse(source);
    const twice = document.errors.filter(({ code }) => code === 'DUPLICATE_KEY');
    const findings = twice.map(({ pos, message }) => badSyntax('json', source, pos[0], message));
    return { value, findings: findings.slice(0, MAX_FINDINGS + 1) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = /at position (\d+)/.exec(message)?.[1];
    const offset = at === undefined ? source.trimEnd().length : Number(at);
    return { findings: [badSyntax('json', source, offset, message)] };
  }
}

/** What is in the file is the editor's to say, so it is told and not repaired. */
function findMojibake(source: string): Finding[] {
  const repaired = repairMojibake(source);
  if (repaired === source) return [];
  const after = repaired.split('\n');
  return source.split('\n').flatMap((line, index): Finding[] => {
    const right = after[index];
    if (right === undefined || right === line) return [];
    const from = [...line].findIndex((character, at) => character !== [...right][at]);
    const words = (text: string): string =>
      [...text].slice(Math.max(0, from - 12), from + 16).join('');
    return [
      {
        severity: 'warning',
        code: 'text.mojibake',
        line: index + 1,
        words: words(line),
        message: `“${words(line).trim()}” looks like text that was read in a wrong encoding: “${words(right).trim()}”.`,
        remedy: 'Correct it in the file; it is imported as it stands.',
      },
    ];
  });
}

function refuse(findings: readonly Finding[]): Imported {
  if (findings.length <= MAX_FINDINGS) return { issue: undefined, findings };
  return { issue: undefined, findings: [...findings.slice(0, MAX_FINDINGS), andMore()] };
}

function badSyntax(kind: StructuredKind, source: string, offset: number, why: string): Finding {
  const name = kind.toUpperCase();
  return {
    severity: 'error',
    code: `${kind}.syntax`,
    ...findPosition(source, offset),
    message: `The file is no ${name} that can be read: ${why.replace(/\s+/g, ' ').replace(/\.$/, '')}.`,
    remedy: `Put the ${name} right there; texts with “: ” or “#” in them need quotes.`,
  };
}

function tooMuch(kind: 'too deep' | 'too long'): Finding {
  return {
    severity: 'error',
    code: 'schema.too-much',
    message:
      kind === 'too deep'
        ? 'The file nests deeper than any issue does.'
        : 'The file has more parts than any issue has.',
    remedy: 'Import a file with one issue in it, in the form that `paperboy export` writes.',
  };
}

function noIssue(): Finding {
  return {
    severity: 'error',
    code: 'issue.unrecognized',
    line: 1,
    message:
      'The file holds no issue: an issue is a mapping with number, title, period and papers.',
    remedy: 'Start from an issue that `paperboy export` wrote.',
  };
}

function andMore(): Finding {
  return {
    severity: 'error',
    code: 'schema.more',
    message: `There are more problems; the first ${MAX_FINDINGS} are told.`,
    remedy: 'Put these right and check the file again.',
  };
}
