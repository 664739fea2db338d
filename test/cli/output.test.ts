import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { makeOutput, printFindings } from '../../src/cli/output.ts';

/** A stream that keeps what it gets, as a terminal of so many columns or as a pipe. */
function makeStream(columns?: number): NodeJS.WriteStream & { text: () => string } {
  const stream = new PassThrough();
  const chunks: string[] = [];
  stream.on('data', (chunk) => chunks.push(String(chunk)));
  const hasColors = () => columns !== undefined && !process.env.NO_COLOR;
  return Object.assign(stream, {
    isTTY: columns !== undefined,
    columns,
    hasColors,
    getColorDepth: () => (hasColors() ? 4 : 1),
    text: () => chunks.join(''),
  }) as unknown as NodeJS.WriteStream & { text: () => string };
}

describe('the output of the command line', () => {
  it('lines columns up by the width that a terminal shows', () => {
    const stdout = makeStream();

    makeOutput(stdout, makeStream()).table(
      ['A', 'B'],
      [
        ['日本', 'wide'],
        ['é', 'narrow'],
      ],
    );

    expect(stdout.text()).toBe('A     B\n日本  wide\né     narrow\n');
  });

  it('lines columns up without a header', () => {
    const stdout = makeStream();

    makeOutput(stdout, makeStream()).table(
      [],
      [
        ['a', 'one'],
        ['bbb', 'two'],
      ],
    );

    expect(stdout.text()).toBe('a    one\nbbb  two\n');
  });

  it('cuts the last column to the terminal, and never for a pipe', () => {
    const [terminal, pipe] = [makeStream(40), makeStream()];
    const row = ['#93', 'a title that is a good deal longer than the terminal is wide'];

    makeOutput(terminal, makeStream()).table(['ISSUE', 'TITLE'], [row]);
    makeOutput(pipe, makeStream()).table(['ISSUE', 'TITLE'], [row]);

    const last = terminal.text().trimEnd().split('\n').at(-1) ?? '';
    expect(last).toMatch(/^#93 {4}a title .*…$/);
    expect(last.length).toBeLessThanOrEqual(40);
    expect(pipe.text()).toContain(row[1]);
  });

  it('colours a terminal, but not a pipe, and not where NO_COLOR is set', () => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('FORCE_COLOR', undefined);
    const coloured = makeOutput(makeStream(80), makeStream()).style('red', 'x');
    const piped = makeOutput(makeStream(), makeStream()).style('red', 'x');
    vi.stubEnv('NO_COLOR', '1');
    const plain = makeOutput(makeStream(80), makeStream()).style('red', 'x');
    vi.unstubAllEnvs();

    expect(coloured).toBe('\u001b[31mx\u001b[39m');
    expect([piped, plain]).toEqual(['x', 'x']);
  });

  it('prints findings with place, code, message, words and remedy', () => {
    const stdout = makeStream();

    printFindings(makeOutput(stdout, makeStream()), 'issue.txt', [
      { severity: 'error', code: 'a.b', line: 3, message: 'It is so.', remedy: 'Do this.' },
      {
        severity: 'warning',
        code: 'b.c',
        line: 4,
        column: 7,
        words: 'these words',
        message: 'It may be so.',
        remedy: 'Look.',
      },
      {
        severity: 'warning',
        code: 'b.d',
        column: 7,
        words: 'these words',
        message: 'It says “these words”.',
        remedy: 'Look.',
      },
      { severity: 'info', code: 'c.d', message: 'It was so.', remedy: 'Nothing.' },
    ]);

    expect(stdout.text()).toBe(
      [
        'issue.txt:3: error [a.b] It is so.',
        '    → Do this.',
        'issue.txt:4:7: warning [b.c] It may be so.',
        '    | these words',
        '    → Look.',
        'issue.txt: warning [b.d] It says “these words”.',
        '    → Look.',
        'issue.txt: info [c.d] It was so.',
        '',
      ].join('\n'),
    );
  });
});
