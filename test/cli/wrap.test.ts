import { expect, test } from 'vitest';
import { hang } from '../../src/cli/wrap.ts';

test('what is said stays within the terminal, later lines under the first words', () => {
  const said = '✗ Alpha was not sent: the place takes nothing that is longer than it likes';

  expect(hang(said, '  ', 40)).toBe(
    '✗ Alpha was not sent: the place takes\n  nothing that is longer than it likes',
  );
});

test('addresses and commands are copied whole', () => {
  const url = `https://example.com/${'a'.repeat(60)}`;
  const said = `    → Put it right at ${url}, then: paperboy retry --to discord; else: paperboy hold 3f9a8b2c`;

  const lines = hang(said, '      ', 40).split('\n');

  expect(lines).toEqual([
    '    → Put it right at',
    `      ${url},`,
    '      then: paperboy retry --to discord;',
    '      else: paperboy hold 3f9a8b2c',
  ]);
});

test('what no terminal reads is not broken, and a broad one has lines that can be read', () => {
  const said = 'word '.repeat(60).trim();

  expect(hang(said, '  ', undefined)).toBe(said);
  expect(hang(said, '  ', 200).split('\n')[0]?.length).toBeLessThanOrEqual(90);
});
