import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askGit } from '../../src/doctor/ask-git.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

/** A folder within a repository, with a file of secrets. */
async function makeRepository(): Promise<{ git(...args: string[]): void; env: string }> {
  const root = makeTempFolder();
  const git = (...args: string[]): void => {
    execFileSync('git', ['-C', root, ...args], { stdio: 'ignore' });
  };
  git('init');
  await mkdir(join(root, 'house'));
  const env = join(root, 'house', '.env');
  await writeFile(env, 'TOKEN=x\n');
  return { git, env };
}

test('a file is told apart that git keeps, leaves alone, or would take with the others', async () => {
  const { git, env } = await makeRepository();

  const open = await askGit(env);
  await writeFile(join(env, '..', '.gitignore'), '.env\n');
  const ignored = await askGit(env);
  git('add', '--force', 'house/.env');
  const tracked = await askGit(env);

  expect([open, ignored, tracked]).toEqual(['open', 'ignored', 'tracked']);
});

test('where there is no repository git is not asked; one that it cannot read is unknown', async () => {
  const none = makeTempFolder();
  const broken = makeTempFolder();
  await writeFile(join(broken, '.git'), 'nothing that git knows\n');

  expect(await askGit(join(none, '.env'))).toBe('no repository');
  expect(await askGit(join(broken, '.env'))).toBe('unknown');
});

test('a program that a repository names is not run', async () => {
  const { git, env } = await makeRepository();
  const ran = join(env, '..', 'ran');
  const program = join(env, '..', 'spy.sh');
  await writeFile(program, `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
  git('add', '--force', 'house/.env');
  git('config', 'core.fsmonitor', program);
  git('status');
  const isRunByGit = existsSync(ran);
  await rm(ran, { force: true });

  await askGit(env);

  expect(isRunByGit).toBe(true);
  expect(existsSync(ran)).toBe(false);
});
