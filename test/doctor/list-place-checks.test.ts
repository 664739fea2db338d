import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { listPlaceChecks } from '../../src/list-place-checks.ts';
import { listScheduled } from '../../src/list-plan-checks.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const WEBHOOK = {
  WEBHOOK_URL: 'https://hooks.example/in',
  WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
};

/** What is seen of the folders, a line each. */
async function look(yaml: string, environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const folder = makeTempFolder();
  writeFileSync(join(folder, 'paperboy.yaml'), yaml);
  const config = await readConfig(environment, folder);
  const checks = listPlaceChecks(config, undefined, listScheduled(config)).filter(
    ({ check }) => !check.isRemote,
  );
  const seen = await Promise.all(checks.map(({ check }) => check.run(AbortSignal.timeout(10_000))));
  return seen
    .flat()
    .filter(({ code }) => code !== 'doctor.no-account')
    .map(({ level, said }) => `${level} ${said.replaceAll(folder, '')}`);
}

test('a folder beside live accounts is not said to get posts', async () => {
  const seen = await look('{}', WEBHOOK);

  expect(seen).toEqual([
    'skipped folder: configured, but the clock posts nothing there, as there are live accounts: name it in schedule.to, or post yourself: paperboy post ISSUE --to folder',
  ]);
});

test('a folder that schedule.to leaves out is told apart from one that it names', async () => {
  const seen = await look(
    'schedule: { to: [folder-lab] }\ndestinations: { folder-lab: { path: ./lab } }',
  );

  expect(seen).toEqual([
    expect.stringMatching(/^skipped folder: .* as schedule\.to does not name it: /),
    'ok folder-lab: posts go into /lab',
  ]);
});
