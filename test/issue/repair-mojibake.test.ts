import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repairMojibake } from '../../src/issue/text/repair-mojibake.ts';

/** What becomes of text in UTF-8 that is read in another encoding. */
function misread(text: string, encoding: string): string {
  return new TextDecoder(encoding).decode(new TextEncoder().encode(text));
}

function codePoints(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
}

/** One letter whose lower case is one letter too, unlike that of “İ”. */
const isLetter = (character: string): boolean => /^\p{L}$/u.test(character.toLowerCase());
/** Latin-1, Latin Extended-A, Romanian, and Vietnamese letters. */
const LETTERS = [
  ...codePoints(0xc0, 0x17f).filter(isLetter),
  ...'ơưșț',
  ...codePoints(0x1ea0, 0x1ef9),
];
const word = fc
  .tuple(
    fc.stringMatching(/^[A-Z]?[a-z]{1,3}$/),
    fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 4 }),
    fc.stringMatching(/^[a-z]{0,3}$/),
  )
  .map(([head, letters, tail]) => `${head}${letters.map((l) => l.toLowerCase()).join('')}${tail}`);
const name = fc
  .tuple(fc.constantFrom(...LETTERS), fc.stringMatching(/^[a-z]{1,5}$/))
  .map(([first, rest]) => `${first}${rest}`);
const phrase = fc
  .array(
    fc.oneof(
      word,
      name,
      fc.tuple(word, fc.constantFrom('“”', '‘’')).map(([w, q]) => `${q[0]}${w}${q[1]}`),
      fc.tuple(word, word, fc.constantFrom('’', '–', '—', '…', '™ ')).map(([a, b, m]) => a + m + b),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((words) => words.join(' '));

describe('repairMojibake puts right', () => {
  test.each([
    ['HĂĽbotter et al.', 'Hübotter et al.'],
    ['HÃ¼botter et al.', 'Hübotter et al.'],
    ['the modelâ€™s own view', 'the model’s own view'],
    ['a â€œlockâ€\u009d and a â€œforkâ€\u009d', 'a “lock” and a “fork”'],
    ['a â€œlockâ€ and a â€œforkâ€.', 'a “lock” and a “fork”.'],
    ['fast â€” and cheap â€“ and good', 'fast — and cheap – and good'],
    ['and so onâ€¦', 'and so on…'],
    ['voilÃ\u00a0 an idea', 'voilà an idea'],
    ['wordÂ\u00a0word', 'word\u00a0word'],
    ['â™¥ 4.3k Quantization', '♥ 4.3k Quantization'],
    ['ðŸ—žï¸\u008f News', '🗞️ News'],
    ['Ă‰cole Polytechnique', 'École Polytechnique'],
    ['MĂĽller, HÄ…dek and DvoĹ™Ăˇk', 'Müller, Hądek and Dvořák'],
    ['90Â° and 5Â±1', '90° and 5±1'],
    ['Ã—2 faster', '×2 faster'],
    ['the Î²-VAE', 'the β-VAE'],
    ['Ã¢â‚¬â„¢ twice over', '’ twice over'],
    ['uÌˆber', 'u\u0308ber'],
    ['theory вЂ“ and HГјbotter', 'theory – and Hübotter'],
    ['“HĂĽbotter…”', '“Hübotter…”'],
  ])('“%s”', (garbled, right) => {
    expect(repairMojibake(garbled)).toBe(right);
  });

  test.each(['windows-1252', 'windows-1250'])('whatever Latin text was read as %s', (encoding) => {
    fc.assert(
      fc.property(phrase, (text) => {
        fc.pre(repairMojibake(text) === text); // “âš’” is a hammer and pick that was mis-read.
        const garbled = misread(text, encoding);

        expect(garbled).not.toBe(text);
        expect(repairMojibake(garbled)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(['windows-1252', 'windows-1250'])('text read as %s twice', (encoding) => {
    const text = 'Hübotter’s “lock” — and fork…';

    expect(repairMojibake(misread(misread(text, encoding), encoding))).toBe(text);
  });
});

const RIGHT = {
  Vietnamese: 'Nguyễn Đỗ Thị Ánh Tuyết, Trần Hữu Phước: “Rễ cây, lễ hội và dễ dàng” — Ừ, Ở…, NÌ…',
  Polish: 'Zażółć gęślą jaźń. ŻÓŁĆ, „Ósmy”, Łódź, Świętosław Źrebięć, STÓŻ',
  Czech: 'Příliš žluťoučký kůň úpěl ďábelské ódy. Úžasný, PŘÍŠTÍ, POTĚŠENÍ, Šťastný, Čáp',
  Slovak: 'Ľubomír Šťavnatý, Ďuro, Ťažký, Ĺaďa, vŕba, úžas, ÚŽAS',
  Hungarian: 'Árvíztűrő tükörfúrógép, ÁRVÍZTŰRŐ, „Őz”',
  German: '„MENÜ“, „Grüße“, ÄÖÜ, Übermäßig, »Größe«, JÄ… ',
  French: '« CAFÉ », “CAFÉ”, L’ÉTÉ… À l’œuvre, NOËL™, ÎLE, “à”, “é”—',
  Portuguese: '“MANHÃ”, IRMÃ… «MANHÃ», CORAÇÃO, NÃO, São João',
  Spanish: '¿Qué? ¡Olé! ESPAÑA, “AÑO”, Íñigo',
  Swedish: '”FÅ”, Å…, Åsa Ängström, ”Ö”',
  Romanian: 'Îşi, împărăţie, ORĂŞEL, Își, Ștefan, RÂŞNOV',
  Turkish: 'Âşık Veysel, Çağrı, İstanbul, Şişli, ĞÜŞ',
  Croatian: 'Đurđević, Žižek, Čačić, ĆUŠTIĆ',
  Estonian: 'Äädikas, Šokolaad, Õnnepäev, ŽANR',
  Greek: 'Ελληνικά, Άνθρωπος, «ΑΒΓ», “Ωμέγα”…',
  Russian: 'Её ёлка. Ещё «Война и мир» — ДОЁ…',
  Ukrainian: 'Ті, Ці, Ві, Її, Він і Європа, Ґ, «Ії»',
  Japanese: '日本語のテキスト、「引用」…',
  Korean: '한국어 텍스트',
  Arabic: 'النص العربي',
  emoji: '🗞️ 👩🏽‍🔬 🇯🇵 ♥ ❤️ 1️⃣',
  mathematics: '1/√π ≤ ½·α², Δx ≈ 3×10⁻⁶ ± 5°, “L₂”…',
} as const;

const ALPHABETS = {
  German: 'äöüß',
  French: 'àâæçéèêëîïôùûüÿ',
  Polish: 'ąćęłńóśźż',
  Czech: 'áčďéěíňóřšťúůýž',
  Slovak: 'áäčďéíľňóôŕšťúýž',
  Hungarian: 'áéíóöőúüű',
  Portuguese: 'áâãàçéêíóôõú',
  Spanish: 'áéíñóúü',
  Romanian: 'ăâîșț',
  Turkish: 'çğıöşü',
  Nordic: 'åäöøæð',
  Croatian: 'čćđšž',
  Estonian: 'äõöüšž',
  Vietnamese: 'ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ',
  Greek: 'αβγδεζηθικλμνξοπρςστυφχψωάέήίόύώ',
  Russian: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  Ukrainian: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
} as const;

describe('repairMojibake leaves alone', () => {
  test.each(Object.entries(RIGHT))('%s', (_language, text) => {
    expect(repairMojibake(text)).toBe(text);
  });

  test('any words of those languages in any order', () => {
    const words = Object.values(RIGHT).flatMap((text) => text.split(' '));

    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 20 }), (picked) => {
        const text = picked.join(' ');

        expect(repairMojibake(text)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test.each(Object.entries(ALPHABETS))('any made-up words of %s', (_language, alphabet) => {
    const letters = fc.array(
      fc.constantFrom(...alphabet, ...(/[α-я]/.test(alphabet) ? '' : 'aeiostn')),
      {
        minLength: 2,
        maxLength: 8,
      },
    );
    const cased = fc
      .tuple(letters, fc.constantFrom('lower', 'title', 'upper'))
      .map(([all, cas]) => {
        const lower = all.join('');
        if (cas === 'lower' || (cas === 'upper' && /[ÿšžźśťľ]/.test(lower))) return lower;
        return cas === 'upper' ? lower.toUpperCase() : `M${lower}`;
      });
    const quoted = fc
      .tuple(cased, fc.constantFrom('“|”', '„|“', '«|»', '|…', '| —', '|’s', '|, ', '(|)'))
      .map(([text, marks]) => marks.replace('|', text));

    fc.assert(
      fc.property(fc.array(quoted, { maxLength: 6 }), (words) => {
        const text = words.join(' ');

        expect(repairMojibake(text)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

test('repairMojibake is idempotent, on hostile mixtures too', () => {
  const pieces = [
    ...'ÃÂÄÅĂĹâ€™œ”“’…ĽşŞŠžŽƒ©®°»aAzZ .éÉÎÏÌðŸГВЂвЈ',
    '\u009d',
    '\u00a0',
    'â€',
    'Ã¢',
    '\u0085',
  ];
  const mixture = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((p) => p.join(''));

  fc.assert(
    fc.property(fc.oneof(mixture, fc.string({ unit: 'binary' })), (text) => {
      const once = repairMojibake(text);

      expect(repairMojibake(once)).toBe(once);
      expect(once.split('\n').length).toBe(text.split('\n').length);
    }),
    { numRuns: 8_000 },
  );
});
