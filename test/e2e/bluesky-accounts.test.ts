import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startBlueskyRig } from '../contracts/bluesky-rig.ts';
import { makeFolder, projectFolder, runPaperboy } from './run-paperboy.ts';

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
const rig = await startBlueskyRig();

it('a Bluesky account gets a paper once, whether its handle or its DID is set', async () => {
  const cwd = await makeFolder();
  await runPaperboy(['import', '-'], { cwd, input: sample });
  const { service, identifier, appPassword } = rig.login;
  const post = (name: string) =>
    runPaperboy(['post', '93', '--paper', 'tensorlens', '--to', 'bluesky', '--json'], {
      cwd,
      env: {
        BLUESKY_SERVICE: service,
        BLUESKY_IDENTIFIER: name,
        BLUESKY_APP_PASSWORD: appPassword,
      },
    });

  const first = await post(identifier);
  const count = (await rig.readRecords()).length;
  const byDid = await post(rig.did);
  const inCapitals = await post(identifier.toUpperCase());

  const all = [first, byDid, inCapitals];
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
  const destinations = all.map(({ stdout }) => JSON.parse(stdout).deliveries[0].destination);
  expect(new Set(destinations)).toEqual(new Set([`bluesky/${identifier}`]));
  expect(count).toBeGreaterThan(0);
  expect(await rig.readRecords()).toHaveLength(count);
}, 120_000);
