import {
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { setVariables } from '../../src/cli/connect/set-variables.ts';
import { writeEnv } from '../../src/cli/connect/write-env.ts';

const UNWRITABLE = expect.objectContaining({ code: 'env.unwritable' });

/** Values of all kinds: those that quotes, comments and blanks make hard too. */
const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...' \t\n\r\'"`#=$\\aé{}') }),
  fc.stringMatching(/^[A-Za-z0-9._~-]{20,60}$/),
  // Blanks to JavaScript, and a part of the value to `parseEnv`.
  fc.string({ unit: fc.constantFrom(...'\u00a0\u2003\u2028\ufeff\v\fa') }),
);
const line = fc.oneof(
  fc.constantFrom('', '# a comment', '#FIRST=old', 'not an assignment', '  indented = 1 # why'),
  fc.constantFrom('FIRST=old', 'export FIRST=old # why', " FIRST = 'old' # why", 'FIRST='),
  fc.constantFrom('FIRST=\u00a0old\u00a0', '\u00a0FIRST=1', 'export\tFIRST=1', 'export  FIRST=1'),
  fc.constantFrom('OTHER="two\nFIRST=lines"', "OTHER='x' # y", 'OTHER=`a"b`', 'OTHER="half'),
);

function trySet(text: string, values: Readonly<Record<string, string>>): string | undefined {
  try {
    return setVariables(text, values);
  } catch (error) {
    expect(error).toEqual(UNWRITABLE);
    return undefined;
  }
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-env-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('setVariables', () => {
  it('always writes what is read back exactly, or nothing', () => {
    fc.assert(
      fc.property(value, (text) => {
        const written = trySet('', { FIRST: text });
        const isHard = text.includes('\r') || ['"', "'", '`'].every((one) => text.includes(one));

        expect(written !== undefined || isHard).toBe(true);
        if (written !== undefined) expect(parseEnv(written)).toEqual({ FIRST: text });
      }),
      { numRuns: 2_000 },
    );
  });

  it('never changes another variable, nor a line that sets none of these', () => {
    const lines = fc.array(line, { maxLength: 8 });
    const end = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(lines, end, fc.boolean(), value, (made, lineEnd, isEnded, text) => {
        const before = made.join(lineEnd) + (isEnded ? lineEnd : '');
        const after = trySet(before, { FIRST: text, SECOND: 'b' });
        if (after === undefined) return;

        expect(parseEnv(after)).toEqual({ ...parseEnv(before), FIRST: text, SECOND: 'b' });
        // After a quote that is never closed, a line may be a part of something else.
        const isClear = !made.includes('OTHER="half');
        const others = made.filter((one) => isClear && !/^ *(?:export )? *FIRST/.test(one));
        for (const other of others) expect(after).toContain(other);
        expect(after.includes('\r') || lineEnd === '\n' || !before.includes('\r')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same when it is done again', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), value, (made, text) => {
        const once = trySet(made.join('\n'), { FIRST: text });

        if (once !== undefined) expect(setVariables(once, { FIRST: text })).toBe(once);
      }),
      {
        numRuns: 2_000,
        examples: [
          [[], '\u00a0'],
          [['export\tFIRST=1'], 'a'],
        ],
      },
    );
  });

  it('replaces in place, every time it is set, with its export, blanks and comment', () => {
    const before = '# mine\r\nexport A = old # why\r\n\r\nB="x"\r\nA=older\r\n#A=not\r\nC=1';

    const after = setVariables(before, { A: 'new', C: 'two words', D: 'it # is' });

    expect(after).toBe(
      '# mine\r\nexport A = new # why\r\n\r\nB="x"\r\nA=new\r\n#A=not\r\nC=two words\r\nD=\'it # is\'\r\n',
    );
  });

  it('leaves what stands inside of a quoted text', () => {
    const before = 'NOTE="\nA=inside\n"\nA=outside\n';

    expect(setVariables(before, { A: 'new' })).toBe('NOTE="\nA=inside\n"\nA=new\n');
  });
});

describe('writeEnv', () => {
  it('makes a file that only its owner can read', async () => {
    const path = join(await makeFolder(), '.env');

    const result = writeEnv(path, { A: '1' });

    expect(result).toEqual({ changed: ['A'] });
    expect(await readFile(path, 'utf8')).toBe('A=1\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('takes the rights of others from a file that is there, and says so, though nothing else changes', async () => {
    const folder = await makeFolder();
    const path = join(folder, '.env');
    await writeFile(path, 'A=1\n');
    await chmod(path, 0o644);

    const result = writeEnv(path, { A: '1' });

    expect(result).toEqual({ changed: [], formerMode: '0644' });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['.env']);
  });

  it('writes where a link leads, says where that is, and keeps the link', async () => {
    const folder = await makeFolder();
    const target = join(await makeFolder(), 'secrets');
    await writeFile(target, '', { mode: 0o600 });
    await symlink(target, join(folder, '.env'));

    const result = writeEnv(join(folder, '.env'), { A: '1' });

    expect(result.linkedTo).toBe(target);
    expect((await lstat(join(folder, '.env'))).isSymbolicLink()).toBe(true);
    expect(await readFile(target, 'utf8')).toBe('A=1\n');
  });

  it('changes nothing where it cannot', async () => {
    const folder = await makeFolder();
    const path = join(folder, '.env');
    const bytes = Buffer.from([0x41, 0x3d, 0xff, 0xfe]);
    await writeFile(path, bytes, { mode: 0o600 });
    await symlink(join(folder, 'nowhere'), join(folder, 'dangling'));

    expect(() => writeEnv(path, { A: '1' })).toThrow(UNWRITABLE);
    expect(() => writeEnv(join(folder, 'dangling'), { A: '1' })).toThrow(UNWRITABLE);
    expect(() => writeEnv(folder, { A: '1' })).toThrow(UNWRITABLE);
    await writeFile(path, 'A=1\n');
    expect(() => writeEnv(path, { A: `'"\`` })).toThrow(UNWRITABLE);

    expect(await readFile(path, 'utf8')).toBe('A=1\n');
    expect((await readdir(folder)).sort()).toEqual(['.env', 'dangling']);
  });
});
