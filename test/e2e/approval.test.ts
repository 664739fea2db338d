import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder, projectFolder, type Ran, runPaperboy } from './run-paperboy.ts';

/** What is used of `plan --json`. */
type Planned = {
  readonly entries: readonly { readonly item: string; readonly standing: string }[];
  readonly held: readonly { readonly item: string }[];
};

it('nothing goes out before an editor has approved it, from import to the last command', async () => {
  const cwd = await makeFolder();
  await writeFile(
    join(cwd, 'paperboy.yaml'),
    'schedule: { cron: 0 9 * * *, timeZone: Europe/Berlin }\napproval: always\n',
  );
  const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
  const run = (args: readonly string[], input = ''): Promise<Ran> =>
    runPaperboy(args, { cwd, input });
  const plan = async (): Promise<string[]> => {
    const { entries } = JSON.parse((await run(['plan', '--json'])).stdout) as Planned;
    return entries.map(({ item, standing }) => `${item.slice(0, 15)} ${standing}`);
  };

  const imported = await run(['import', '-'], sample);
  const proposed = await plan();
  const approve = await run(['approve', '93', '--paper', 'tensorlens']);
  const hold = await run(['hold', '93', '--paper', 'quantization']);
  const order = await run(['order', '93', 'tensorlens']);
  const edit = await run(
    ['edit', '93', '--paper', 'tensorlens', '--to', 'bluesky'],
    'Words of an editor.',
  );
  const decided = await plan();
  const text = await run(['plan']);
  const history = await run(['history', '93']);

  const all = [imported, approve, hold, order, edit, text, history];
  expect(
    all.map(({ code }) => code),
    all.map(({ stderr }) => stderr).join(),
  ).toEqual(all.map(() => 0));
  expect(imported.stderr).toContain('Approve it: paperboy approve 93\n');
  expect(proposed).toEqual([
    'paper/quantizat waits',
    'paper/shaping-c waits',
    'paper/reinforce waits',
    'paper/tensorlen waits',
  ]);
  expect(decided).toEqual([
    'paper/tensorlen planned',
    'paper/shaping-c waits',
    'paper/reinforce waits',
  ]);
  expect(text.stdout).toContain('Paperboy is not running');
  expect(text.stdout).toMatch(
    /Held\n‖ #93 Quantization.*\n {4}→ paperboy release 93 --paper quantiz/,
  );
  expect(history.stdout).toMatch(/tensorlens-\S+ approved by .*\n.*quantization-\S+ held by/);
}, 240_000);
