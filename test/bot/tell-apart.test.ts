import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tellApart } from '../../src/bot/tell-apart.ts';

test('choices of one name get a number, and of one value the first is kept', () => {
  const title = 'x'.repeat(100);

  const told = tellApart([
    { name: title, value: 'p:1/a' },
    { name: title, value: 'p:1/b' },
    { name: 'MoE · topic', value: 't:moe' },
    { name: 'MoE', value: 't:moe' },
    { name: title, value: 'p:1/c' },
  ]);

  expect(told).toEqual([
    { name: title, value: 'p:1/a' },
    { name: `${'x'.repeat(95)}… (2)`, value: 'p:1/b' },
    { name: 'MoE · topic', value: 't:moe' },
    { name: `${'x'.repeat(95)}… (3)`, value: 'p:1/c' },
  ]);
});

test('whatever is suggested, no two names and no two values are alike', () => {
  const name = fc
    .tuple(fc.constantFrom('a', 'a (2)', 'b'.repeat(99)), fc.constantFrom('', '2', '😀'))
    .map((parts) => parts.join('').slice(0, 100));
  const choice = fc.record({ name, value: fc.string({ maxLength: 2 }) });

  fc.assert(
    fc.property(fc.array(choice, { maxLength: 40 }), (choices) => {
      const told = tellApart(choices);

      expect(new Set(told.map((one) => one.name)).size).toBe(told.length);
      expect(told.map((one) => one.value)).toEqual([...new Set(choices.map((one) => one.value))]);
      for (const one of told) expect(one.name.length).toBeLessThanOrEqual(100);
    }),
  );
});
