import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startBlueskyRigs } from '../contracts/bluesky-rig.ts';
import { makeFolder, projectFolder, type Ran, runPaperboy } from './run-paperboy.ts';

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
const [rig, second] = await startBlueskyRigs({ accounts: 2 });
if (rig === undefined || second === undefined) throw new Error('the PDS lacks an account');

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

it('two Bluesky accounts get a digest once each, in their languages, whatever becomes of the other', async () => {
  const cwd = await makeFolder();
  await writeFile(
    join(cwd, 'paperboy.yaml'),
    'destinations: { bluesky-de: { posts: { languages: [de] } } }',
  );
  const env = {
    BLUESKY_SERVICE: rig.login.service,
    BLUESKY_IDENTIFIER: rig.login.identifier,
    BLUESKY_APP_PASSWORD: rig.login.appPassword,
    BLUESKY_DE_SERVICE: second.login.service,
    BLUESKY_DE_IDENTIFIER: second.login.identifier,
    BLUESKY_DE_APP_PASSWORD: second.login.appPassword,
  };
  const run = (args: readonly string[]): Promise<Ran> => runPaperboy(args, { cwd, env });
  await runPaperboy(['import', '-'], { cwd, env, input: sample });
  await rig.emptyPlace();
  await second.emptyPlace();

  const posted = [await run(['post', '93', '--digest']), await run(['post', '93', '--digest'])];
  const sessions = await readdir(join(cwd, 'data', 'sessions'));
  const [english, german] = [await rig.readRecords(), await second.readRecords()];
  await second.revokePassword();
  const news = await run(['post', '93', '--news']);
  const own = (await rig.readRecords()).length;

  expect(posted.map(({ code }) => code)).toEqual([0, 0]);
  expect(sessions.sort()).toEqual(['bluesky-de.json', 'bluesky.json']);
  expect(english.filter(({ value }) => value.text.includes('Issue #93'))).toHaveLength(1);
  expect(german.filter(({ value }) => value.text.includes('Ausgabe #93'))).toHaveLength(1);
  expect(JSON.stringify(english)).not.toContain('Ausgabe');
  expect(news.stdout + news.stderr).toMatch(/set BLUESKY_DE_APP_PASSWORD to it/);
  expect(news.code).toBe(1);
  expect(own).toBeGreaterThan(english.length);
  expect(await second.readRecords()).toHaveLength(german.length);
}, 120_000);
