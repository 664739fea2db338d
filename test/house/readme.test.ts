import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { collect, projectFolder, runPaperboy } from '../e2e/run-paperboy.ts';

const readme = await readFile(join(projectFolder, 'README.md'), 'utf8');
const { scripts } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text ?? '',
  );
const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));
const paperboy = commands.filter((line) => line.startsWith('npx paperboy '));
const npm = commands.filter((line) => line.startsWith('npm '));

const cwd = await mkdtemp(join(tmpdir(), 'paperboy-readme-'));
afterAll(() => rm(cwd, { recursive: true, force: true }));
await copyFile(join(projectFolder, 'issues', 'issue-093.txt'), join(cwd, 'issue.txt'));

/** What `posts` in the README says are the defaults, as formatters are told it. */
const STANDARD_STYLE = {
  length: 'thread',
  counters: false,
  hashtags: true,
  emoji: true,
  likes: true,
  compact: false,
};

describe('the README', () => {
  it('has no command of a kind that is not tried here', () => {
    expect(commands.filter((line) => !paperboy.includes(line) && !npm.includes(line))).toEqual([]);
    expect(paperboy.length).toBeGreaterThan(5);
  });

  it.each(paperboy)('tells the truth: %s', async (line) => {
    const args = line.split(' ').slice(2);

    const { code, stdout, stderr } = await runPaperboy(args, { cwd });

    expect(code, stderr).toBe(0);
    expect(stdout.length).toBeGreaterThan(0);
  });

  it('names npm scripts that exist', () => {
    const own = npm.filter((line) => line !== 'npm ci');

    const missing = own.filter((line) => scripts[line.replace(/^npm (?:run )?/, '')] === undefined);
    expect(own.length).toBeGreaterThan(3);
    expect(missing).toEqual([]);
  });

  it('has CI run the same test command', async () => {
    const ci = await readFile(join(projectFolder, '.ci', 'run'), 'utf8');

    expect(ci).toMatch(/^npm ci$/m);
    expect(ci).toMatch(/^NO_COLOR=1 npm test /m);
    expect(npm).toContain('npm test');
  });

  it('tells the truth about npm start and npx: both run the Node that npm ci brought', async () => {
    const env = { ...process.env, PAPERBOY_DATA: join(cwd, 'npm-data'), NODE_OPTIONS: '' };
    const version = spawn('npx', ['paperboy', '--version'], { cwd: projectFolder, env });
    const printed = collect(version);
    await once(version, 'close');
    const child = spawn('npm', ['start'], { cwd: projectFolder, env, detached: true });
    const output = collect(child);
    const deadline = Date.now() + 20_000;
    while (!output().stdout.includes('✓') && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // npm hands a signal on to its child only when the whole group gets it, as from a terminal.
    process.kill(-(child.pid ?? 0), 'SIGINT');
    await once(child, 'close');

    expect(printed().stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(output().stdout).toMatch(/✓ HISA.* → folder \(5 posts\)/);
    expect(output().stdout).toContain('Nothing is half done');
  });

  it('shows a paperboy.yaml that is valid, and says its defaults', async () => {
    const [yaml = ''] = blocks('yaml');
    await writeFile(join(cwd, 'paperboy.yaml'), yaml);
    const accounts = {
      BLUESKY_IDENTIFIER: 'a.example',
      BLUESKY_APP_PASSWORD: 'aaaa-bbbb-cccc-dddd',
      DISCORD_TOKEN: 'x'.repeat(40),
      DISCORD_CHANNEL_ID: '1052345678901234567',
    };

    const shown = await readConfig(accounts, cwd);
    await rm(join(cwd, 'paperboy.yaml'));
    const standard = await readConfig(accounts, cwd);

    const { timeZone } = shown.schedule;
    expect(timeZone).toBe('Europe/Berlin');
    for (const name of ['folder', 'bluesky', 'discord', 'mastodon', 'x']) {
      expect(shown.format(name)).toEqual({ ...standard.format(name), ...STANDARD_STYLE });
    }
    expect(shown.schedule.programme('bluesky')).toEqual({
      ...standard.schedule.programme('bluesky'),
      timeZone,
    });
    expect({ ...shown, logLevel: undefined, format: undefined }).toEqual({
      ...standard,
      format: undefined,
      schedule: {
        timeZone,
        programme: expect.any(Function),
        to: ['bluesky', 'discord'],
      },
    });
  });

  it('lists every variable that is read', async () => {
    const source = await readFile(join(projectFolder, 'src', 'variables.ts'), 'utf8');
    const names = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): \{/gm)].map(([, name]) => name);

    expect(names.length).toBeGreaterThan(8);
    for (const name of names) expect(readme).toContain(`| \`${name}\` |`);
  });
});
