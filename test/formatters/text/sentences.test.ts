import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEnclosed } from '../../../formatters/text/enclosed.ts';
import { isBlank, splitSentences, trimRange } from '../../../formatters/text/sentences.ts';
import { anyText, withoutBlanks } from './arbitrary-text.ts';

/** Each text with "|" where one sentence ends and the next begins. */
const CASES: readonly (readonly [about: string, text: string])[] = [
  ['plain sentences', 'The model is small. | It runs on a phone.'],
  ['a question and its answer', 'Does it scale? | It does.'],
  ['a cry', 'It works! | Nobody knew why.'],
  ['a single sentence', 'One line without a stop'],
  ['several marks at once', 'Really?! | Yes.'],
  ['"et al." before a bracket', 'A result of Moreno et al. [CERN, MIT] came first.'],
  ['"et al." before a year', 'It follows Moreno et al. (2024) closely.'],
  ['"et al." before lower case', 'Moreno et al. show this.'],
  ['"et al." at the end', 'The idea is from Moreno et al. | We build on it.'],
  ['"et al.," with a comma', 'In Moreno et al., 2023 it was new.'],
  ['e.g.', 'Try a small one, e.g. Gemma, first.'],
  ['i.e. before a capital', 'The teacher, i.e. GPT, is frozen.'],
  ['vs.', 'We ran Gemma vs. Qwen on it.'],
  ['cf.', 'It is old (cf. Moreno) and known. | Yet it works.'],
  ['Fig. 3', 'As Fig. 3 shows, it grows. | Then it stops.'],
  ['Figs. and Eq.', 'See Figs. A and B and Eq. (4) there. | Done.'],
  ['Sec.', 'Sec. IV has the proof. | Sec. V has none.'],
  ['No. before a number', 'It is paper No. 5 of the week. | More follow.'],
  ['No. as an answer', 'Is that all? | No. | There is more.'],
  ['p. and pp.', 'Look at p. 12 and pp. 30 to 31. | Then rest.'],
  ['a month before a day', 'It came out on Nov. 3, Tuesday. | We read it.'],
  ['Dr. and Prof.', 'Dr. Osei and Prof. Lind wrote it. | Both teach.'],
  ['Inc. before a starter', 'It was built at Acme Inc. | The code is open.'],
  ['Inc. within a sentence', 'The people at Acme Inc. Berlin built it.'],
  ['etc.', 'It reads tables, formulas, etc. | Speed is good.'],
  ['approx.', 'It needs approx. 40 hours. | That is a lot.'],
  ['the U.S. before a name', 'The U.S. Army paid. | Others did not.'],
  ['the U.S. before a starter', 'It is sold in the U.S. | The price is low.'],
  ['a.m. before a starter', 'It began at 9 a.m. | The hall was full.'],
  ['a.m. before a day', 'It began at 9 a.m. Monday in the hall.'],
  ['a Ph.D.', 'She holds a Ph.D. | Her thesis is short.'],
  ['an initial at the beginning', 'J. Okafor wrote this. | It is good.'],
  ['two initials', 'It is by J. R. Okafor and is long.'],
  ['an initial after "and"', 'Lind and K. Okafor wrote it. | Read it.'],
  ['an initial after a comma', 'Okafor, J. Lind and others agree.'],
  [
    'a symbol that ends a sentence',
    'All is one linear map, a tensor T. | To solve it, we look closer.',
  ],
  ['a letter that ends a sentence', 'Take vitamin C. | It helps.'],
  ['a lone decimal', 'It scores 0.97 on the test. | That is high.'],
  ['a decimal at the end', 'The loss falls to 0.97. | Then it stays.'],
  ['a version', 'Since v1.2 it is fast. | It was slow in v1.1.'],
  ['a name with a version', 'We like Qwen3.5-Omni a lot. | It listens.'],
  ['a size', 'It has 0.9B parameters. | Only 0.37B are active.'],
  ['a size at the end', 'It has only 0.9B. | The others have 7B.'],
  ['a dotted name', 'It runs on Node.JS alone. | No build.'],
  ['a dotted name at the beginning', 'Z.ai has a model. | Arcee.ai has one too.'],
  ['a dotted name at the end', 'It comes from Z.ai. | We tried it.'],
  ['a domain', 'Go to example.com/Start for it. | It is free.'],
  ['a URL with a question', 'See https://x.example/watch?V=1.Q!B for it. | It is long.'],
  ['an ellipsis in a sentence', 'It thinks ... and then it answers.'],
  ['an ellipsis before a capital', 'It thinks... | Then it answers.'],
  ['a list marker', '1. Train the model. | 2. Test the model.'],
  ['a list marker with a bracket', 'A) Train it. | B) Test it.'],
  ['several sentences in brackets', 'It won (They lost. All of them.) and left. | We saw.'],
  ['a bracket that ends a sentence', 'It won (by a lot). | They lost.'],
  ['a whole sentence in brackets', 'It won. | (They lost.) | We saw.'],
  ['several sentences in curly quotes', 'She said “Stop. Look. Listen.” and left. | We did.'],
  ['several sentences in straight quotes', 'She said "Stop. Look." and left. | We did.'],
  ['a quotation that ends a sentence', 'It acts as a "student." | The other is a "teacher."'],
  ['a quotation that begins one', 'He stopped. | "Why now?" we asked.'],
  ['a question in quotes that goes on', '"Is it over?" she asked. | It was.'],
  ['a bracket that is never closed', 'It won (by a lot. | They lost.'],
  ['a quote that is never closed', 'It is 5" wide. | That is small. | She said "no." | We left.'],
  ['nested brackets', 'It won (by a lot [see p. 3. Or 4.]). | They lost.'],
  ['guillemets', 'Il dit « Oui. Non. » et part. | Fin.'],
  ['a lower-case continuation', 'It uses approx. and then "exact." methods in turn. | Good.'],
  ['Chinese', '我们训练模型。 | 它很快！ | 真的吗？ | 是的。'],
  ['Chinese without blanks', '我们训练模型。|它很快！|是的。'],
  ['Chinese in brackets', '他说「你好。再见。」然后走了。|我也走了。'],
  ['Japanese', 'これはモデルです。|とても速いです。'],
  ['Arabic', 'هل يعمل؟ | نعم يعمل.'],
  ['Hindi', 'यह एक मॉडल है। | यह तेज़ है।'],
  ['emoji', 'It works. | 🎉 We are glad.'],
  ['a percentage', 'It gains 3.5%. | The rest gain 2%.'],
  ['a price', 'It costs $3.50. | That is cheap.'],
  ['a time', 'It took 1.5 s. | The old one took 9 s.'],
  ['a colon and a list', 'There are two: A and B. | Both work.'],
  ['a semicolon', 'It won; They lost.'],
];

describe('splitSentences', () => {
  it.each(CASES)('tells the sentences of %s', (_about, marked) => {
    const text = marked.replaceAll(/ ?\|/g, '');

    const sentences = splitSentences(text).map(({ start, end }) => text.slice(start, end));

    expect(sentences).toEqual(marked.split('|').map((sentence) => sentence.trim()));
  });

  it('covers all that is no blank, in order, with neither blanks nor nothing at the edges', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const sentences = splitSentences(text).map(({ start, end }) => text.slice(start, end));

        expect(withoutBlanks(sentences.join(''))).toBe(withoutBlanks(text));
        expect(sentences).not.toContain('');
      }),
      { numRuns: 500 },
    );
  });
});

/*
 * Where the sentences of the two real issues begin, read by a person: the number of a line that has
 * several, and the offsets of all but its first. The issues lie beside the project, not in it; where
 * they are absent this is skipped, and says so.
 */
const REAL_ISSUES: readonly { file: string; lines: number; starts: readonly number[][] }[] = [
  {
    file: 'issue-093.txt',
    lines: 57,
    starts: [
      [9, 194, 281],
      [11, 86, 159],
      [13, 127, 232],
      [17, 73, 165],
      [21, 84],
      [24, 95, 283],
      [25, 144, 261, 369],
      [28, 114, 280],
      [32, 77],
      [33, 108],
      [36, 233],
      [37, 110, 191, 267],
      [41, 59],
      [44, 108],
      [48, 223],
      [50, 162],
      [53, 148, 286, 423],
      [56, 94, 300],
      [62, 125, 192],
      [66, 83, 284],
      [69, 203],
    ],
  },
  {
    file: 'issue-102.txt',
    lines: 55,
    starts: [
      [9, 164, 305],
      [11, 116, 360],
      [13, 192],
      [15, 180, 440],
      [18, 80, 189],
      [19, 142],
      [26, 189],
      [29, 105, 195],
      [32, 171],
      [38, 168, 255],
      [41, 67, 253, 411],
      [44, 137],
      [51, 212],
      [52, 139, 296],
      [55, 118],
      [56, 94, 253],
      [58, 78],
      [59, 152],
      [63, 94, 254],
      [65, 148, 327],
      [69, 134],
    ],
  },
];
const folder = new URL('../../../../shared/issues/', import.meta.url);
const isPresent = REAL_ISSUES.every(({ file }) => existsSync(new URL(file, folder)));
if (!isPresent) {
  process.stderr.write(`The real issues are skipped: there are none in ${folder.pathname}\n`);
}

describe.skipIf(!isPresent)('splitSentences on the two real issues', () => {
  it('finds all 181 sentences, titles, bylines and captions, and no other', () => {
    let count = 0;
    for (const { file, lines, starts } of REAL_ISSUES) {
      const all = readFileSync(new URL(file, folder), 'utf8')
        .split('\n')
        .map((line) => line.trim());
      const found = all.map((line) => splitSentences(line).map(({ start }) => start));

      const several = found.flatMap((of, k) => (of.length > 1 ? [[k + 1, ...of.slice(1)]] : []));
      expect(several).toEqual(starts);
      expect(found.filter((of) => of.length > 0)).toHaveLength(lines);
      count += found.flat().length;
    }

    expect(count).toBe(181);
  });
});

describe('findEnclosed', () => {
  it('marks what lies strictly between a bracket and its partner', () => {
    const marks = findEnclosed('a(b)c');

    expect([...marks]).toEqual([0, 0, 1, 1, 0, 0]);
  });

  it.each(['(a', 'a)', '“a', '[a)', '5" a', ')('])('finds nothing enclosed in %s', (text) => {
    const marks = findEnclosed(text);

    expect(marks.some((mark) => mark !== 0)).toBe(false);
  });
});

describe('trimRange', () => {
  it('takes off blanks of every kind, but none that carries an accent', () => {
    const trimmed = trimRange(' \u00a0\u3000a \ufeff\n', 0, 7);
    const accented = trimRange(' \u0301a', 0, 3);

    expect(trimmed).toEqual({ start: 3, end: 4 });
    expect(accented).toEqual({ start: 0, end: 3 });
    expect(isBlank('\n\u0301', 0)).toBe(true);
  });
});
