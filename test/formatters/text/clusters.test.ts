import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eachGrapheme } from '../../../formatters/text/clusters.ts';
import { anyText } from './arbitrary-text.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const mixed = fc
  .array(
    fc.constantFrom(
      'a',
      'b ',
      '\r',
      '\n',
      '\r\n',
      '\u0301',
      '\u200d',
      '👩',
      '🇩',
      '🇪',
      '\u0600',
      'ก',
      '한',
      'ᄒ',
      'ᅡ',
      '\t',
      '\ud83d',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

it('splits as the platform’s own segmenter does, whatever the text', () => {
  fc.assert(
    fc.property(fc.oneof(mixed, anyText), (text) => {
      const expected = [...segmenter.segment(text)].map(({ segment }) => segment);

      const found: string[] = [];
      eachGrapheme(text, (cluster) => found.push(cluster));
      expect(found).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
});
