import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Inbox, makeInbox } from '../../src/sources/inbox.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const at = (second: number): Date => new Date(Date.UTC(2026, 10, 23, 8, 0, second));

/** An inbox in which the file has been seen to stand still. */
async function settle(folder: string): Promise<Inbox> {
  const inbox = makeInbox(folder);
  await inbox.look(at(0));
  await inbox.look(at(1));
  return inbox;
}

describe('an inbox', () => {
  it('waits until a file has stopped growing', async () => {
    const folder = makeTempFolder();
    const inbox = makeInbox(folder);
    const path = join(folder, 'a.txt');

    writeFileSync(path, 'one');
    expect(await inbox.look(at(0))).toEqual([]);
    writeFileSync(path, 'one two');
    expect(await inbox.look(at(1))).toEqual([]);
    // As long as before, and written again.
    writeFileSync(path, 'two one');
    utimesSync(path, at(2), at(2));
    expect(await inbox.look(at(2))).toEqual([]);
    expect(await inbox.look(at(2))).toEqual([]);
    expect(await inbox.look(at(3))).toEqual(['a.txt']);
  });

  it('makes its folder, and leaves folders, links and unfinished files alone', async () => {
    const folder = join(makeTempFolder(), 'in', 'box');
    const inbox = makeInbox(folder);
    expect(await inbox.look(at(0))).toEqual([]);
    mkdirSync(join(folder, 'imported'));
    symlinkSync('/etc/passwd', join(folder, 'passwd.txt'));
    for (const name of ['.hidden', 'a.part', 'b.crdownload', 'c.txt~', '~d.docx', 'e.txt']) {
      writeFileSync(join(folder, name), 'x');
    }

    await inbox.look(at(1));

    expect(await inbox.look(at(2))).toEqual(['e.txt']);
  });

  it('does not read a file that has changed since', async () => {
    const folder = makeTempFolder();
    writeFileSync(join(folder, 'a.txt'), 'one');
    const inbox = await settle(folder);
    writeFileSync(join(folder, 'a.txt'), 'one more');

    expect(await inbox.read('a.txt')).toBeUndefined();
    rmSync(join(folder, 'a.txt'));
    expect(await inbox.read('a.txt')).toBeUndefined();
  });

  it('never takes the place of a file, nor of a report', async () => {
    const folder = makeTempFolder();
    mkdirSync(join(folder, 'rejected'));
    writeFileSync(join(folder, 'rejected', 'a.txt'), 'old');
    writeFileSync(join(folder, 'rejected', 'a-2.txt.findings.txt'), 'old');
    writeFileSync(join(folder, 'a.txt'), 'new');
    const inbox = await settle(folder);
    const dropped = await inbox.read('a.txt');

    const filed = dropped && (await inbox.file(dropped, 'rejected', 'wrong\n'));

    expect(filed).toBe(join('rejected', 'a-3.txt'));
    expect(read(folder, 'rejected')).toEqual({
      'a-2.txt.findings.txt': 'old',
      'a-3.txt': 'new',
      'a-3.txt.findings.txt': 'wrong\n',
      'a.txt': 'old',
    });
    expect(existsSync(join(folder, 'a.txt'))).toBe(false);
  });

  it('ends what a killed run began, with one file there', async () => {
    const folder = makeTempFolder();
    mkdirSync(join(folder, 'imported'));
    writeFileSync(join(folder, 'a.txt'), 'new');
    linkSync(join(folder, 'a.txt'), join(folder, 'imported', 'a.txt'));
    writeFileSync(join(folder, 'imported', 'a.txt.findings.txt'), 'half');
    const inbox = await settle(folder);
    const dropped = await inbox.read('a.txt');

    const filed = dropped && (await inbox.file(dropped, 'imported', 'whole\n'));

    expect(filed).toBe(join('imported', 'a.txt'));
    expect(read(folder, 'imported')).toEqual({ 'a.txt': 'new', 'a.txt.findings.txt': 'whole\n' });
    expect(readdirSync(folder)).toEqual(['imported']);
  });

  it('leaves a file that was replaced while it was read', async () => {
    const folder = makeTempFolder();
    writeFileSync(join(folder, 'a.txt'), 'one');
    const inbox = await settle(folder);
    const dropped = await inbox.read('a.txt');
    rmSync(join(folder, 'a.txt'));
    writeFileSync(join(folder, 'a.txt'), 'other');

    const filed = dropped && (await inbox.file(dropped, 'imported', undefined));

    expect(filed).toBeUndefined();
    expect(read(folder, 'imported')).toEqual({});
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('other');
  });

  it('files names of any length and alphabet', async () => {
    const folder = makeTempFolder();
    const names = [
      `${'n'.repeat(251)}.txt`,
      `${'é'.repeat(125)}.md`,
      'no extension',
      'a.b.c',
      '😀.txt',
    ];
    for (const name of names) writeFileSync(join(folder, name), name);
    const inbox = await settle(folder);

    for (const name of names) {
      const dropped = await inbox.read(name);
      const filed = dropped && (await inbox.file(dropped, 'imported', 'report'));
      expect(filed).toBeDefined();
    }

    expect(readdirSync(join(folder, 'imported'))).toHaveLength(2 * names.length);
  });
});

function read(folder: string, tray: string): Record<string, string> {
  const path = join(folder, tray);
  const names = existsSync(path) ? readdirSync(path).sort() : [];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}
