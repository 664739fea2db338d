import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type KeySchema, makeConfigSchema } from '../../schema/make-config-schema.ts';
import { makeReference } from '../../schema/make-reference.ts';
import { readConfig } from '../../src/config.ts';
import { VARIABLES } from '../../src/variables.ts';
import { makeFolder } from '../config/config-rig.ts';
import { projectFolder } from '../e2e/run-paperboy.ts';

const read = (path: string): Promise<string> => readFile(join(projectFolder, path), 'utf8');
const schema = makeConfigSchema();
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const isFit = ajv.compile(schema);

/** Every key with its path, those of blocks too. */
function listKeys(block: KeySchema, path: string): (readonly [string, KeySchema])[] {
  const inside = Object.entries({ ...block.properties, ...block.patternProperties });
  return inside.flatMap(([name, key]) => [
    ...(name.startsWith('^') ? [] : ([[`${path}${name}`, key]] as const)),
    ...listKeys(key, `${path}${name}.`),
  ]);
}

/** A file with one key in it. */
function nest(path: string, value: unknown): unknown {
  return path
    .replaceAll(/\^(\w+)[^.]*/g, '$1')
    .split('.')
    .reduceRight<unknown>((inside, name) => ({ [name]: inside }), value);
}

const keys = listKeys(schema, '');

describe('what is written of the configuration', () => {
  it('is as it is generated: npm run schema', async () => {
    const written = JSON.parse(await read('schema/paperboy.schema.json'));

    expect(written).toEqual(schema);
    expect(await read('docs/configuration.md')).toBe(makeReference());
  });

  it('tells of every key what it is', () => {
    const untold = keys.filter(([, { description = '' }]) => !/[.:]$/.test(description));

    expect(keys.length).toBeGreaterThan(100);
    expect(untold.map(([path]) => path)).toEqual([]);
  });

  it('has every variable and every key of a block in the reference', () => {
    const reference = makeReference();

    for (const name of Object.keys(VARIABLES)) expect(reference).toContain(`| \`${name}\` |`);
    for (const [path] of keys.filter(([one]) => !one.includes('^'))) {
      const [block = '', key] = path.split('.');
      expect(reference, path).toMatch(
        key === undefined
          ? new RegExp(`^(?:### ${block}|\\| \`${block}\` \\|.*)$`, 'm')
          : `| \`${key}\` |`,
      );
    }
  });

  it('has examples and defaults that are valid, as Paperboy and as the schema has it', async () => {
    const told = keys.flatMap(([path, { examples = [], default: without }]) =>
      [...examples, ...(without === undefined ? [] : [without])].map(
        (value) => [path, value] as const,
      ),
    );
    const wrong: string[] = [];
    for (const [path, value] of told) {
      const file = nest(path, value);
      // What is needed beside a key is another matter.
      const problems = await readOwn(file, path);
      if (problems.length > 0) wrong.push(`${path}: ${problems.join()}`);
      const isOdd = !path.startsWith('editors.') && !isFit(file);
      if (isOdd) wrong.push(`${path} ${JSON.stringify(value)}: ${ajv.errorsText(isFit.errors)}`);
    }

    expect(told.length).toBeGreaterThan(80);
    expect(wrong).toEqual([]);
  });

  it('lets an editor complain of what Paperboy refuses', async () => {
    const [yaml = ''] = [...(await read('README.md')).matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(
      ([, text]) => text ?? '',
    );

    expect(isFit(parse(yaml)), ajv.errorsText(isFit.errors)).toBe(true);
    for (const wrong of [
      { dat: 'x' },
      { schedule: { order: 'random' } },
      { destinations: { telegram: {} } },
      { destinations: { 'bluesky-de': { crosspost: true } } },
      { editors: { guild: 5 } },
    ]) {
      expect(isFit(wrong), JSON.stringify(wrong)).toBe(false);
    }
    expect(isFit({ destinations: { 'bluesky-de': null } })).toBe(true);
  });
});

/** The problems of a file that are those of a key. That an account is not set is another matter. */
async function readOwn(file: unknown, path: string): Promise<string[]> {
  const place = path.replaceAll(/\^(\w+)[^.]*/g, '$1');
  const problems = await readConfig({}, makeFolder({ yaml: JSON.stringify(file) })).then(
    () => [],
    (error: unknown) => String(error).split(/\n|: (?=[a-z]+[. ])/),
  );
  return problems
    .map((problem) => problem.trim())
    .filter((problem) => problem.startsWith(`${place} `) || problem.startsWith(`${place}.`))
    .filter((problem) => !problem.includes(' names '));
}
