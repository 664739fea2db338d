import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, projectFolder, runPaperboy } from './run-paperboy.ts';

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');

/** A folder with an issue in the archive, and in a file as `export` wrote it. */
async function makeExported(): Promise<{ cwd: string; yaml: string }> {
  const cwd = await makeFolder();
  await runPaperboy(['import', '-'], { cwd, input: sample });
  const { stdout } = await runPaperboy(['export', '93'], { cwd });
  await writeFile(join(cwd, 'issue.yaml'), stdout);
  return { cwd, yaml: stdout };
}

describe('paperboy export', () => {
  it('prints YAML that imports back to the same issue, and the same bytes', async () => {
    const { cwd, yaml } = await makeExported();

    const again = await runPaperboy(['import', 'issue.yaml'], { cwd });
    const exported = await runPaperboy(['export', 'latest'], { cwd });

    expect(again.code).toBe(0);
    expect(again.stdout).toContain('Nothing has changed');
    expect(exported.stdout).toBe(yaml);
  });

  it('names a schema that is there', async () => {
    const { yaml } = await makeExported();

    const path = /^# yaml-language-server: \$schema=(.*)/.exec(yaml)?.[1] ?? '';

    expect(path).toMatch(/schema\/issue\.schema\.json$/);
    expect(existsSync(new URL(path))).toBe(true);
  });

  it('prints JSON in the schema too', async () => {
    const { cwd } = await makeExported();
    const { stdout } = await runPaperboy(['export', '93', '--json'], { cwd });

    const again = await runPaperboy(['import', '-'], { cwd, input: stdout });

    expect(JSON.parse(stdout)).toMatchObject({ number: 93 });
    expect(again.stdout).toContain('Nothing has changed');
  });

  it('says what to do about an issue that is not there', async () => {
    const { code, stderr } = await runPaperboy(['export', '94'], { cwd: await makeFolder() });

    expect(code).toBe(1);
    expect(stderr).toContain('→ Import it first');
  });
});

describe('paperboy check', () => {
  it('prints findings like a compiler, with a summary, and makes no archive', async () => {
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'issue.txt'), sample.replace(' Quantization', ''));

    const { code, stdout } = await runPaperboy(['check', 'issue.txt'], { cwd });

    expect(code).toBe(0);
    expect(stdout).toMatch(/^issue\.txt:\d+:1: warning \[paper\.topic-missing\] .*\n {4}→ /m);
    expect(stdout).toMatch(/✓ #93 .*: 0 errors, 1 warning, \d notes\n$/);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });

  it('fails on errors, and on warnings with --strict', async () => {
    const cwd = await makeFolder();
    const input = sample.replace(' Quantization', '');
    const codes: (number | null)[] = [];

    for (const [args, text] of [
      [[], sample],
      [['--strict'], sample],
      [[], input],
      [['--strict'], input],
      [[], sample.replace('#93', '')],
    ] as const) {
      codes.push((await runPaperboy(['check', '-', ...args], { cwd, input: text })).code);
    }

    expect(codes).toEqual([0, 0, 0, 1, 1]);
  });

  it('prints findings for programs', async () => {
    const cwd = await makeFolder();

    const { code, stdout } = await runPaperboy(['check', '-', '--json'], { cwd, input: 'Hello.' });

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      findings: [expect.objectContaining({ severity: 'error', code: 'issue.unrecognized' })],
    });
  });

  it('shows line, column and words of what is wrong in a structured file', async () => {
    const { cwd, yaml } = await makeExported();
    await writeFile(join(cwd, 'bad.yaml'), yaml.replace('likes: 34000', 'likes: 34k'));
    const line = yaml.split('\n').findIndex((text) => text.includes('likes: 34000')) + 1;

    const { code, stdout } = await runPaperboy(['check', 'bad.yaml'], { cwd });

    expect(code).toBe(1);
    expect(stdout).toContain(
      `bad.yaml:${line}:12: error [schema.type] News line 1, likes must be a number; it is “34k”.`,
    );
    expect(stdout).toContain('✗ 1 error, 0 warnings');
  });

  it('compares with the archive, and stores nothing', async () => {
    const { cwd, yaml } = await makeExported();
    await writeFile(join(cwd, 'next.yaml'), yaml.replace('number: 93', 'number: 94'));

    const { code, stdout } = await runPaperboy(['check', 'next.yaml'], { cwd });
    const listed = await runPaperboy(['list', '--json'], { cwd });

    expect(code).toBe(0);
    expect(stdout).toMatch(/next\.yaml:\d+:10: warning \[issue\.period-overlaps\]/);
    expect(stdout.match(/\[paper\.duplicate\]/g)).toHaveLength(4);
    expect(JSON.parse(listed.stdout).issues).toHaveLength(1);
  });
});

describe('paperboy import --revise', () => {
  it('says what has changed, paper by paper, and what waits with new words', async () => {
    const { cwd, yaml } = await makeExported();
    const changed = yaml.replace('Squeeze a', 'Press a').replace('likes: 882', 'likes: 883');
    await runPaperboy(['post', '93', '--paper', 'quantization', '--at', '2999-01-01 09:00'], {
      cwd,
    });

    const refused = await runPaperboy(['import', '-'], { cwd, input: changed });
    const revised = await runPaperboy(['import', '-', '--revise'], { cwd, input: changed });
    const json = await runPaperboy(['import', '-', '--revise', '--json'], { cwd, input: yaml });

    expect(refused.code).toBe(1);
    expect(revised.stdout).toMatch(
      /~ Quantization-Aware .*\n\s+1 of 4 paragraphs changed\n.*~ Shaping .*\n\s+likes: 882 → 883\n.*↻ Quantization-Aware .* → folder waits with the new text/,
    );
    expect(JSON.parse(json.stdout)).toMatchObject({
      saved: 'revised',
      revision: 3,
      changes: [{ kind: 'changed' }, { kind: 'changed', details: ['likes: 883 → 882'] }],
      revised: [{ action: 'rendered', delivery: { revision: 3 } }],
    });
  });
});
