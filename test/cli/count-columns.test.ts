import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { countColumns } from '../../src/cli/count-columns.ts';

test('every character of the first plane takes the columns that the library counts', () => {
  const wrong: string[] = [];
  for (let code = 0; code < 0x10000; code += 1) {
    const character = String.fromCharCode(code);
    if (countColumns(character) !== stringWidth(character)) wrong.push(code.toString(16));
  }

  expect(wrong).toEqual([]);
});

test('so does a text of plain characters, and of others beside them', () => {
  const unit = fc.constantFrom(...'aé–…→✓©®# 1\u0301\ufe0f\u200d👍🏽日');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
      expect(countColumns(text)).toBe(stringWidth(text));
    }),
  );
});
