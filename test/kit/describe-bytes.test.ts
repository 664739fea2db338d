import { expect, test } from 'vitest';
import { describeBytes } from '../../src/kit/describe-bytes.ts';

test.each([
  [0, '0 kB'],
  [639_001, '640 kB'],
  [12_540_000, '12.5 MB'],
  [999_940_000, '999.9 MB'],
  [8_200_000_000, '8.2 GB'],
])('%d bytes are %s', (bytes, said) => {
  expect(describeBytes(bytes)).toBe(said);
});
