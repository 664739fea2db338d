import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatherCodes } from '../../schema/codes/gather-codes.ts';
import { makeCodes } from '../../schema/codes/make-codes.ts';
import { readCodes } from '../../schema/codes/read-codes.ts';
import { readSource } from '../../schema/codes/read-source.ts';
import { projectFolder } from '../e2e/run-paperboy.ts';

const source = readSource();
const read = readCodes(source);
const { entries, problems } = gatherCodes(read);
const page = await readFile(join(projectFolder, 'docs', 'codes.md'), 'utf8');

/** What would be complained of, were this file a part of the program too. */
function complain(text: string): readonly string[] {
  const added = readCodes(new Map([['src/new.ts', text]]));
  return gatherCodes({
    told: [...read.told, ...added.told],
    bare: [...read.bare, ...added.bare],
  }).problems;
}

describe('docs/codes.md', () => {
  it('is as it is generated: npm run schema', () => {
    expect(page).toBe(makeCodes(entries));
  });

  it('has every code of the source, and none that is not there', () => {
    expect(problems).toEqual([]);
    for (const { code } of read.told) expect(page, code).toContain(`\`${code}\``);
    const all = [...source.values()].join('\n');
    for (const { code } of entries) {
      const [area = '', name = ''] = code.split('.');
      const isThere = all.includes(`${area}.${name}`) || all.includes(`\`${area}.\${`);
      expect(isThere, code).toBe(true);
    }
  });

  it('says of each what to do, unless nothing is to be done', () => {
    const silent = entries.filter(
      ({ levels, remedies }) => levels.includes('error') && remedies.length === 0,
    );

    expect(entries.length).toBeGreaterThan(200);
    expect(silent.map(({ code }) => code)).toEqual([]);
  });

  it('lets nothing be said under a code that nobody has written down', () => {
    expect(complain("log.warn({}, 'moon.full');")).toEqual([
      'moon.full is logged and not in schema/codes/events.ts.',
    ]);
    expect(complain("log.info({}, 'delivery.refused');")).toEqual([
      'delivery.refused is logged as info and told as error.',
    ]);
    expect(complain("attempt('moon.full', run);")).toEqual([
      'moon.full in src/new.ts is not told: add it to schema/codes/, if it is a code.',
    ]);
    expect(complain("throw new PaperboyError('moon.full', seen, '');")).toEqual([
      'moon.full says nothing.',
      'moon.full has no remedy.',
    ]);
    expect(gatherCodes({ told: [], bare: read.bare }).problems).toContain(
      'slot.planned is told in schema/codes/ and is not in the source.',
    );
  });

  it('reads messages and remedies however they are written', () => {
    const { told } = readCodes(
      new Map([
        [
          'src/new.ts',
          `const LATER = 'Try again.';
           const refuse = (code: string, why: string, remedy: string) =>
             new PaperboyError(code, \`Cannot fly as \${why}\`, remedy);
           throw refuse('wing.broken', \`it has \${n} wings\`, LATER);
           throw new PaperboyError(n ? 'egg.none' : 'egg.many', n ? 'No egg' : 'Eggs', 'Wait' + '.');
           const HATCHED = 'egg.hatched';
           const made = { severity: isBad ? 'warning' : 'info', code: HATCHED, message: 'A bird', remedy: 'Feed it.' };`,
        ],
      ]),
    );

    expect(told.map(({ code, kind, said, remedies }) => [code, kind, said, remedies])).toEqual([
      ['wing.broken', 'error', ['Cannot fly as it has … wings'], ['Try again.']],
      ['egg.none', 'error', ['No egg'], ['Wait.']],
      ['egg.many', 'error', ['Eggs'], ['Wait.']],
      ['egg.hatched', 'finding', ['A bird'], ['Feed it.']],
    ]);
  });
});
