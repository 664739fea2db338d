import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';
import { makeFolder } from '../config/config-rig.ts';
import {
  makeFolder as makeTempFolder,
  projectFolder,
  runPaperboy,
  startService,
} from '../e2e/run-paperboy.ts';
import { findDeadLinks, listAnchors } from '../support/find-dead-links.ts';

const GUIDES = ['editor', 'community', 'operator'] as const;
const PAGES = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'docs/**/*.md'];
const ACCOUNTS = { DISCORD_TOKEN: 'x'.repeat(40), DISCORD_CHANNEL_ID: '1052345678901234567' };

const read = (name: string): Promise<string> => readFile(join(projectFolder, name), 'utf8');
const listBlocks = (text: string, kind: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block]) => block ?? '',
  );

const pages = new Map<string, string>();
for (const name of globSync(PAGES, { cwd: projectFolder })) pages.set(name, await read(name));
const guides = new Map<string, string>();
for (const role of GUIDES) guides.set(role, await read(`docs/quick-start-${role}.md`));
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A folder as a guide takes it for granted: its settings, an issue, words, and a correction. */
async function prepare(guide: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-docs-'));
  folders.push(folder);
  const issue = join(projectFolder, 'issues', 'issue-093.txt');
  await copyFile(issue, join(folder, 'issue.txt'));
  const text = await readFile(issue, 'utf8');
  const corrected = text.replace('a map with half the streets missing', 'half a map');
  expect(corrected).not.toBe(text);
  await writeFile(join(folder, 'corrected.txt'), corrected);
  await writeFile(
    join(folder, 'words.txt'),
    'What to leave out, token by token.\n---\nMore soon.\n',
  );
  const [settings = ''] = listBlocks(guide, 'yaml');
  await writeFile(join(folder, 'paperboy.yaml'), settings);
  return folder;
}

async function listCommands(): Promise<string[]> {
  const { stdout } = await runPaperboy(['--help'], { cwd: projectFolder });
  const [, listed = ''] = stdout.split('Commands:');
  return [...listed.matchAll(/^ {2}([a-z]+)[ |]/gm)]
    .map(([, name]) => name ?? '')
    .filter((name) => !['help', 'paperboy'].includes(name));
}

describe.each(GUIDES)('the quick start of the %s', (role) => {
  const guide = guides.get(role) ?? '';
  const commands = listBlocks(guide, 'sh').flatMap((block) => block.trim().split('\n'));

  it('has no command of a kind that is not tried here', () => {
    expect(commands.filter((line) => !line.startsWith('npx paperboy '))).toEqual([]);
    if (role !== 'community') expect(commands.length).toBeGreaterThan(4);
  });

  it.runIf(commands.length > 0)(
    'tells the truth, command after command',
    async () => {
      const cwd = await prepare(guide);
      const failed: string[] = [];
      for (const line of commands) {
        const { code, stdout, stderr } = await runPaperboy(line.split(' ').slice(2), { cwd });
        if (code !== 0 || stdout === '') failed.push(`${line}: ${code}\n${stdout}${stderr}`);
      }

      expect(failed).toEqual([]);
    },
    300_000,
  );

  it('shows settings that are valid', async () => {
    for (const yaml of listBlocks(guide, 'yaml')) {
      await expect(readConfig(ACCOUNTS, makeFolder({ yaml }))).resolves.toBeDefined();
    }
  });

  it('names commands that exist', async () => {
    const known = await listCommands();
    const named = [...guide.matchAll(/(?:npx |`)paperboy ([a-z]+)(?=[ `])/g)].map(
      ([, name]) => name,
    );

    expect(known.length).toBeGreaterThan(20);
    expect(named.filter((name = '') => !known.includes(name))).toEqual([]);
  });
});

describe('what the operator is given', () => {
  const guide = guides.get('operator') ?? '';

  it('has a unit that systemd takes, and that is hardened', async (test) => {
    const run = promisify(execFile);
    const hasSystemd = await run('systemd-analyze', ['--version']).then(
      () => true,
      () => false,
    );
    if (!hasSystemd) {
      process.stderr.write('Skipped: there is no systemd-analyze here to look at the unit.\n');
      test.skip('there is no systemd-analyze here');
    }
    const [unit = ''] = listBlocks(guide, 'ini');
    const [command = ''] = /ExecStart=.*/.exec(unit) ?? [];
    const file = join(await makeTempFolder(), 'paperboy.service');
    await writeFile(file, unit.replaceAll('/opt/paperboy/', projectFolder));

    const verified = await run('systemd-analyze', ['verify', file]);
    const offline = ['security', '--offline=true', '--threshold=20', file];
    const judged = await run('systemd-analyze', offline).catch((error: unknown) => error);

    // Whatever it has to say of other units is for the machine's keeper.
    const said = verified.stderr.split('\n').filter((line) => line.includes('paperboy.service'));
    expect(said).toEqual([]);
    expect(judged).not.toBeInstanceOf(Error);
    const { scripts } = JSON.parse(await read('package.json'));
    const [, flags = ''] = /node (--\S+) bin/.exec(scripts.start) ?? [];
    expect(command).toContain(`${flags} /opt/paperboy/bin/paperboy.js start`);
  });

  it('has alerts about metrics that are there', async () => {
    const [rules = ''] = listBlocks(guide, 'yaml alerts');
    const { groups } = parse(rules);
    const named = new Set(guide.match(/\bpaperboy_[a-z_]+/g));
    const cwd = await makeTempFolder();
    const service = startService(cwd, { PAPERBOY_HTTP_PORT: '0' });
    const started = await service.until(/serves +http:\S+/);
    const [, address = ''] = /serves +(http:[^ ]+): /.exec(started) ?? [];

    const metrics = await (await fetch(`${address}/metrics`)).text();

    expect(groups[0].rules).toHaveLength(3);
    const missing = [...named].filter((name) => !metrics.includes(`# HELP ${name} `));
    // Those of the bot are there with a bot, and budgets once something was posted.
    expect(missing).toEqual(['paperboy_gateway_up']);
    for (const [, label = ''] of rules.matchAll(/\{(\w+)!?="/g)) expect(metrics).toContain(label);
  });
});

describe('the README, beside the guides', () => {
  it('has every command in its table, and none that is not there', async () => {
    const rows = (await read('README.md')).match(/^\| `paperboy .*?\|(?!FILE|URL|-)/gm) ?? [];
    const told = rows.flatMap((row) =>
      [...row.matchAll(/`(?:paperboy )?([a-z]+)/g)].map(([, name]) => name ?? ''),
    );
    const services = ['bluesky', 'discord', 'mastodon'];

    const named = [...new Set(told)].filter((name) => !services.includes(name));
    expect(named.sort()).toEqual((await listCommands()).sort());
  });

  it('leads to each quick start', async () => {
    const readme = await read('README.md');

    const linked = GUIDES.filter((role) => readme.includes(`(docs/quick-start-${role}.md)`));
    expect(linked).toEqual(GUIDES);
  });
});

describe('links', () => {
  it('lead to files and headings that are there', async () => {
    const dead: string[] = [];
    for (const [name, text] of pages) {
      const found = await findDeadLinks(text, async (path) => {
        const target = path === '' ? name : relative('.', join(dirname(name), path));
        if (pages.has(target)) return listAnchors(pages.get(target) ?? '');
        return (await stat(join(projectFolder, target)).catch(() => undefined)) && [];
      });
      dead.push(...found.map((link) => `${name}: ${link}`));
    }

    expect(pages.size).toBeGreaterThan(20);
    expect(dead).toEqual([]);
  });

  it('are found out when they lead nowhere', async () => {
    const text =
      '# A `b` & c\n# A b\n[x](#a-b--c) [y](#nothing) [z](gone.md) ![i](a.png) [w](https://e.org)';
    const open = async (path: string): Promise<readonly string[] | undefined> =>
      path === '' ? listAnchors(text) : undefined;

    expect(await findDeadLinks(text, open)).toEqual(['#nothing', 'gone.md', 'a.png']);
  });
});
