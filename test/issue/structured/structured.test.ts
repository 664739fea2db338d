import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { makeJsonSchema } from '../../../schema/make-json-schema.ts';
import type { Finding } from '../../../src/issue/finding.ts';
import {
  importStructured,
  type StructuredKind,
} from '../../../src/issue/structured/import-structured.ts';
import { writeJson } from '../../../src/issue/structured/quote.ts';
import { writeYaml } from '../../../src/issue/structured/write-yaml.ts';
import { decodeSource } from '../../../src/issue/text/read-source.ts';
import { mustHaveIssue, mustImport, readSample, vary } from '../samples.ts';
import { arbitraryIssue } from './arbitrary-issue.ts';

const sample = mustImport(readSample(93));
const yaml = writeYaml(sample);

/** Through the bytes of a file and back, as an editor's issue goes. */
function readBack(text: string, kind: StructuredKind) {
  const { text: decoded, findings } = decodeSource(new TextEncoder().encode(text));
  expect(findings).toEqual([]);
  return mustHaveIssue(importStructured(decoded, kind));
}

function findingsOf(text: string, kind: StructuredKind = 'yaml'): readonly Finding[] {
  const { issue, findings } = importStructured(text, kind);
  expect(issue).toBeUndefined();
  return findings;
}

describe('an exported issue', () => {
  it('imports back to the same issue from YAML, whatever the schema allows', () => {
    fc.assert(
      fc.property(arbitraryIssue, (issue) => {
        expect(readBack(writeYaml(issue), 'yaml')).toStrictEqual(issue);
      }),
      { numRuns: 1000 },
    );
  });

  it('imports back to the same issue from JSON, and as YAML too', () => {
    fc.assert(
      fc.property(arbitraryIssue, (issue) => {
        expect(readBack(writeJson(issue), 'json')).toStrictEqual(issue);
        expect(readBack(writeJson(issue), 'yaml')).toStrictEqual(issue);
      }),
      { numRuns: 300 },
    );
  });

  it.each([93, 102] as const)(
    'of the sample #%d is the same bytes when exported again',
    (number) => {
      const once = writeYaml(mustImport(readSample(number)));

      expect(writeYaml(readBack(once, 'yaml'))).toBe(once);
    },
  );

  it('reads well: plain words, short lists in a line, long texts folded', () => {
    expect(yaml.split('\n').slice(0, 6)).toEqual([
      '# yaml-language-server: $schema=schema/issue.schema.json',
      'number: 93',
      expect.stringMatching(/^title: \p{L}/u),
      expect.stringMatching(/^subtitle: /),
      'period:',
      '  start: 2026-01-26',
    ]);
    expect(yaml).toMatch(/^ {6}organizations: \[/m);
    expect(yaml).toMatch(/^ {8}text: >-\n {10}\S/m);
    expect(Math.max(...yaml.split('\n').map((line) => line.length))).toBeLessThan(120);
  });
});

describe('the JSON schema', () => {
  it('is the one that the zod schema gives: else run `node schema/generate.ts`', () => {
    const file = readFileSync(
      new URL('../../../schema/issue.schema.json', import.meta.url),
      'utf8',
    );

    expect(JSON.parse(file)).toEqual(JSON.parse(makeJsonSchema()));
  });

  it('describes every field', () => {
    const missing: string[] = [];
    const look = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { description, properties, items, oneOf } = Object(schema);
      if (typeof description !== 'string' || description === '') missing.push(path);
      for (const [key, value] of Object.entries(properties ?? {})) look(value, `${path}.${key}`);
      if (items !== undefined) look(items, `${path}[]`);
      for (const one of oneOf ?? []) look(one, `${path}|`);
    };

    look(JSON.parse(makeJsonSchema()), 'issue');

    expect(missing).toEqual([]);
  });
});

describe('a structured file that is wrong', () => {
  const first = (find: string): { line: number; column: number } => {
    const line = yaml.split('\n').findIndex((text) => text.includes(find));
    return { line: line + 1, column: (yaml.split('\n')[line] ?? '').indexOf(find) + 1 };
  };

  it('is told a wrong type where it stands, in words, with what was expected', () => {
    const { line, column } = first('etAl: true');
    const [finding, ...rest] = findingsOf(yaml.replace('etAl: true', 'etAl: yes'));

    expect(rest).toEqual([]);
    expect(finding).toEqual({
      severity: 'error',
      code: 'schema.type',
      line,
      column: column + 'etAl: '.length,
      message: 'Paper 1, byline, etAl must be true or false; it is “yes”.',
      remedy: expect.stringContaining('true where it says “et al.”'),
    });
  });

  it.each([
    ['a number for a text', ['title: ', 'title: 93 #'], 'schema.type', 'Put it in quotes: "93".'],
    ['a missing key', ['number: 93\n', ''], 'schema.missing', 'The number of the issue'],
    ['a mistyped key', ['subtitle:', 'subtitel:'], 'schema.unknown-key', '“subtitle”'],
    ['a day that is not', ['2026-01-26', '2026-02-30'], 'schema.value', 'YYYY-MM-DD'],
    ['an end before its start', ['end: 2026', 'end: 2025'], 'schema.value', 'not before the first'],
    ['a bad kind', ['kind: paragraph', 'kind: paragraf'], 'schema.value', 'paragraph, figure'],
    ['a key twice', ['number: 93', 'number: 93\nnumber: 94'], 'yaml.syntax', 'quotes'],
    ['a tag', ['number: 93', 'number: !big 93'], 'yaml.syntax', 'quotes'],
    ['an anchor that is not', ['number: 93', 'number: *a'], 'yaml.syntax', 'quotes'],
    ['a second document', ['\nnews:', '\n---\nnews:'], 'yaml.syntax', 'quotes'],
  ] as const)('is told %s', (_name, [old, replacement], code, remedy) => {
    const findings = findingsOf(yaml.replace(old, replacement));

    expect(findings[0]).toMatchObject({ severity: 'error', code, line: expect.any(Number) });
    expect(findings[0]?.remedy).toContain(remedy);
  });

  it('is told two papers of one slug', () => {
    const [paper] = sample.papers;
    const text = JSON.stringify({ ...sample, papers: [paper, paper] }, undefined, 2);

    const [finding] = findingsOf(text, 'json');

    const line = text.split('\n').findLastIndex((one) => one.includes('"slug"')) + 1;
    expect(finding).toMatchObject({ line, message: expect.stringContaining('Paper 2, slug') });
  });

  it('is told where JSON breaks off, and a key that JSON would drop', () => {
    const json = writeJson(sample);

    expect(findingsOf(json.slice(0, 400), 'json')[0]).toMatchObject({ code: 'json.syntax' });
    expect(
      findingsOf(vary(json, '"number": 93,', '"number": 93, "number": 94,'), 'json'),
    ).toMatchObject([{ code: 'json.syntax', line: 2 }]);
    expect(findingsOf('{"number": 1,}', 'json')).toMatchObject([{ line: 1, column: 14 }]);
  });

  it('is told no more problems than a person reads', () => {
    const many = yaml.replaceAll('etAl:', 'etal:').replaceAll('kind: paragraph', 'kind: 1');

    const findings = findingsOf(many);

    expect(findings).toHaveLength(21);
    expect(findings.at(-1)?.code).toBe('schema.more');
  });
});

describe('importStructured never throws, hangs or recurses', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh']
    .map((c, i) => `${c}: &${c} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
    .join('\n')}`;
  test.each([
    ['nothing', ''],
    ['100,000 brackets', '['.repeat(100_000)],
    ['100,000 braces', '{a:'.repeat(100_000)],
    ['100,000 nested points', '- '.repeat(100_000)],
    ['100,000 nested keys', 'a: '.repeat(100_000)],
    ['100,000 questions', '? '.repeat(100_000)],
    ['10 MB of one line', 'a b '.repeat(2_500_000)],
    ['10 MB in an open quote', `"${'a b '.repeat(2_500_000)}`],
    ['5 million lines', '- a\n'.repeat(2_500_000)],
    ['aliases of aliases', bomb],
    ['an alias of itself', '&a [*a]'],
    ['a prototype', '{"__proto__": {"number": 1}, "constructor": 2}'],
    ['a list as a key', '? [a, b]\n: c'],
    ['a bare text', 'hello'],
    ['null', 'null'],
    ['NULs', '\0\0\0'],
    ['half characters', 'number: \ud800'],
  ])('on %s', (_name, source) => {
    for (const kind of ['yaml', 'json'] as const) {
      const { issue, findings } = importStructured(source, kind);

      expect(issue).toBeUndefined();
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.length).toBeLessThan(22);
    }
  });

  test('on any text', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.json(),
      fc
        .constant(yaml)
        .chain((text) =>
          fc
            .tuple(fc.nat(text.length), fc.nat(60), fc.string({ unit: 'binary' }))
            .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut)),
        ),
    );
    fc.assert(
      fc.property(any, fc.constantFrom('yaml' as const, 'json' as const), (text, kind) => {
        const { issue, findings } = importStructured(text, kind);

        expect(issue === undefined).toBe(findings.length > 0);
        for (const { line, code } of findings) {
          if (code !== 'schema.more' && code !== 'schema.too-much') expect(line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
