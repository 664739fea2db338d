import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { serve } from '../sources/serve.ts';
import { makeFolder, projectFolder, runPaperboy, startService } from './run-paperboy.ts';

const sample = await readFile(join(projectFolder, 'issues', 'issue-093.txt'), 'utf8');
const html = await readFile(join(projectFolder, 'test/issue/forms/issue-rss-body.html'), 'utf8');
const page = await readFile(join(projectFolder, 'test/issue/forms/issue-page.html'), 'utf8');

describe('paperboy import URL', () => {
  it('imports a page from an allowed host', async () => {
    const { host } = await serve((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page);
    });
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'paperboy.yaml'), `fetch: { allow: ["${host}"] }\n`);

    const { code, stdout } = await runPaperboy(['import', `http://${host}/p/93`], { cwd });

    expect(stdout).toContain('Imported #93');
    expect(code).toBe(0);
  });

  it('imports plain text too, as the server names it', async () => {
    const { host } = await serve((_, response) => {
      response.setHeader('content-type', 'text/plain');
      response.end(sample);
    });
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'paperboy.yaml'), `fetch: { allow: ["${host}"] }\n`);

    const ran = await runPaperboy(['import', `http://${host}/93`, '--dry-run', '--json'], { cwd });

    expect(JSON.parse(ran.stdout)).toMatchObject({ issue: { number: 93 } });
    expect(await readdir(cwd)).toEqual(['paperboy.yaml']);
  });

  it('does not reach this machine unless it is told to', async () => {
    const { host, asked } = await serve((_, response) => response.end(page));
    const cwd = await makeFolder();

    const { code, stderr } = await runPaperboy(['import', `http://${host}/p/93`], { cwd });

    expect(code).toBe(1);
    expect(stderr).toContain(`fetch: { allow: ["${host}"] }`);
    expect(asked).toEqual([]);
  });

  it('refuses a format that there is not', async () => {
    const cwd = await makeFolder();

    const { code, stderr } = await runPaperboy(['import', '-', '--format', 'docx'], { cwd });

    expect(code).toBe(1);
    expect(stderr).toMatch(/text, markdown, html, feed, yaml, json/);
  });
});

describe('paperboy start, with sources', () => {
  it('imports what is dropped into its folder, and rejects what is no issue', async () => {
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'paperboy.yaml'), 'sources: { folder: ./inbox }\n');
    const inbox = join(cwd, 'inbox');
    await mkdir(inbox);
    const { child, until } = startService(cwd);
    await until(/watches {3}folder .*inbox/);

    await writeFile(join(cwd, 'aside'), sample.replace('#93', '#193'));
    await rename(join(cwd, 'aside'), join(inbox, 'mine.txt'));
    await writeFile(join(inbox, 'letter.txt'), 'Dear editor,\nthis is no issue.\n');
    const text = await until(/✓ imported #193[\s\S]*✗|✗[\s\S]*✓ imported #193/);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');

    expect(code).toBe(0);
    expect(text).toMatch(/✗ letter\.txt: \d+ errors?, nothing was stored/);
    expect(await readdir(join(inbox, 'imported'))).toContain('mine.txt');
    expect((await readdir(join(inbox, 'rejected'))).sort()).toEqual([
      'letter.txt',
      'letter.txt.findings.txt',
    ]);
    const report = await readFile(join(inbox, 'rejected', 'letter.txt.findings.txt'), 'utf8');
    expect(report).toMatch(/^letter\.txt.*: error \[issue\.unrecognized\] .*\n.*→ /m);
    const shown = await runPaperboy(['show', '193', '--json'], { cwd });
    expect(JSON.parse(shown.stdout)).toMatchObject({ issue: { number: 193 } });
  });

  it('leaves each file in one place, whenever it is killed', async () => {
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'paperboy.yaml'), 'sources: { folder: ./inbox }\n');
    const inbox = join(cwd, 'inbox');
    await mkdir(inbox);
    const numbers: number[] = [];
    let halfway = 0;
    for (let round = 0; round < 6; round += 1) {
      for (let file = 0; file < 10; file += 1) {
        const n = 201 + numbers.length;
        numbers.push(n);
        await writeFile(join(inbox, `${n}.txt`), sample.replace('#93', `#${n}`));
      }
      const { child, until } = startService(cwd);
      await until(/✓ imported #2\d\d/);
      await wait(round * 37);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const waiting = (await readdir(inbox)).filter((name) => name.endsWith('.txt'));
      if (waiting.length > 0 && (await readdir(join(inbox, 'imported'))).length > 0) halfway += 1;
    }

    const { child, until } = startService(cwd);
    await until(/Running until/);
    const deadline = Date.now() + 90_000;
    while ((await readdir(inbox)).length > 1 && Date.now() < deadline) await wait(50);
    child.kill('SIGTERM');
    await once(child, 'exit');

    expect(halfway).toBeGreaterThan(0);
    expect(await readdir(inbox)).toEqual(['imported']);
    const names = (await readdir(join(inbox, 'imported'))).filter((name) =>
      /^\d+\.txt$/.test(name),
    );
    expect(names.sort()).toEqual(numbers.map((n) => `${n}.txt`));
    const { stdout } = await runPaperboy(['list', '--json'], { cwd });
    const { issues } = JSON.parse(stdout);
    const revisions = issues.map(({ revision }: { revision: number }) => revision);
    expect(new Set(revisions)).toEqual(new Set([1]));
  }, 180_000);

  it('imports what a feed publishes, and goes when it is told to', async () => {
    const item = `<item><guid>1</guid><title>One tensor</title><content:encoded><![CDATA[${html}]]></content:encoded></item>`;
    const { host, asked } = await serve((_, response) => {
      response.setHeader('etag', '"1"');
      response.end(`<rss xmlns:content="c"><channel>${item}</channel></rss>`);
    });
    const cwd = await makeFolder();
    await writeFile(join(cwd, 'paperboy.yaml'), `fetch: { allow: ["${host}"] }\n`);
    const { child, until } = startService(cwd, { PAPERBOY_FEED: `http://${host}/secret.xml` });

    const text = await until(/✓ imported #93/);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');

    expect(code).toBe(0);
    expect(text).toContain(`watches   feed of ${host}`);
    expect(text).not.toContain('secret');
    expect(asked).toEqual(['/secret.xml']);
  });
});
