import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { de } from '../../../formatters/voice/de.ts';
import { en } from '../../../formatters/voice/en.ts';
import { pickVoice, voices } from '../../../formatters/voice/index.ts';
import { checkTemplate, templateNames } from '../../../formatters/voice/template.ts';

const folder = new URL('../../../formatters/voice/', import.meta.url);

describe('voices', () => {
  it('are the files of the folder that are named after a language, and nothing else', () => {
    const files = readdirSync(folder).filter((file) => /^[a-z]{2,3}\.ts$/.test(file));

    expect(files.length).toBeGreaterThan(1);
    expect(Object.keys(voices).sort()).toEqual(files.map((file) => file.slice(0, -3)).sort());
    for (const [name, { language }] of Object.entries(voices)) expect(language).toBe(name);
  });

  describe.each(Object.values(voices))('$language', (voice) => {
    it('has every template, and each can be used', () => {
      expect(Object.keys(voice.templates).sort()).toEqual([...templateNames].sort());
      for (const name of templateNames) {
        expect(voice.templates[name]).not.toBe('');
        expect(checkTemplate(name, voice.templates[name])).toBeUndefined();
      }
    });

    it('has every word', () => {
      const { paperOf, partOf, ...words } = voice.words;

      expect(Object.keys(words).sort()).toEqual(Object.keys(wordsOf(en)).sort());
      for (const word of Object.values(words)) expect(word.trim()).toMatch(/\p{L}/u);
      expect(paperOf(2, 14)).toMatch(/2\D+14/);
      expect(partOf(1, 13)).toMatch(/1\D+13/);
      expect(voice.nameLikes(882)).toMatch(/882 \p{L}/u);
    });

    it('knows all twelve months, each by its own name', () => {
      const months = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));
      const whole = months.map((month) => voice.formatMonth(`2026-${month}`));
      const days = months.map((month) =>
        voice.formatPeriod({ start: `2026-${month}-03`, end: `2026-${month}-09` }),
      );

      for (const name of [...whole, ...days]) expect(name).toMatch(/\p{L}{3}.*2026/u);
      expect([...whole, ...days].join()).not.toContain('undefined');
      expect([new Set(whole).size, new Set(days).size]).toEqual([12, 12]);
    });
  });

  it.each([
    ['de', de],
    ['de-AT', de],
    ['DE-CH', de],
    ['en-GB', en],
    ['xx', en],
    ['constructor', en],
    ['', en],
    [undefined, en],
  ])('speak to %j in the language, or in English', (language, voice) => {
    expect(pickVoice(language)).toBe(voice);
  });
});

describe('English', () => {
  it('writes months, likes and names as newsletters do', () => {
    expect(en.formatMonth('2026-02')).toBe('February 2026');
    expect([0, 1, 882, 4_300].map(en.nameLikes)).toEqual([
      '0 likes',
      '1 like',
      '882 likes',
      '4.3k likes',
    ]);
    expect(en.listNames(['Xin'], true)).toBe('Xin et al.');
    expect(en.listNames(['Xin'], false)).toBe('Xin');
    expect(en.listNames(['Rathi', 'Radford'], false)).toBe('Rathi and Radford');
    expect(en.listNames(['Ada', 'Ben', 'Cleo'], false)).toBe('Ada, Ben and Cleo');
  });
});

describe('German', () => {
  it.each([
    ['2026-04-01', '2026-04-07', '1.–7. Apr. 2026'],
    ['2026-01-26', '2026-02-02', '26. Jan. – 2. Feb. 2026'],
    ['2026-05-28', '2026-06-03', '28. Mai – 3. Juni 2026'],
    ['2025-12-29', '2026-01-04', '29. Dez. 2025 – 4. Jan. 2026'],
    ['2025-01-29', '2026-01-04', '29. Jan. 2025 – 4. Jan. 2026'],
    ['2026-03-09', '2026-03-09', '9. März 2026'],
  ])('writes %s to %s as %s', (start, end, shown) => {
    expect(de.formatPeriod({ start, end })).toBe(shown);
  });

  it.each([
    [0, '0'],
    [882, '882'],
    [4_300, '4.300'],
    [34_000, '34.000'],
    [999_999, '999.999'],
    [1_000_000, '1\u00a0Mio.'],
    [1_240_000, '1,2\u00a0Mio.'],
  ])('writes %i likes as %s', (likes, shown) => {
    expect(de.formatLikes(likes)).toBe(shown);
  });

  it('writes months and names as newsletters do', () => {
    expect(de.formatMonth('2026-02')).toBe('Februar 2026');
    expect([de.nameLikes(1), de.nameLikes(2)]).toEqual(['1 Like', '2 Likes']);
    expect(de.listNames(['Rathi', 'Radford'], false)).toBe('Rathi und Radford');
  });
});

function wordsOf(voice: typeof en): Omit<typeof en.words, 'paperOf' | 'partOf'> {
  const { paperOf: _paperOf, partOf: _partOf, ...words } = voice.words;
  return words;
}
