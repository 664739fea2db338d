import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Prose, plainProse, type Span } from '../../../formatters/text/prose.ts';
import { fillTemplate } from '../../../formatters/voice/fill-template.ts';

const values = { a: plainProse('A'), b: plainProse('B'), empty: plainProse('') };
const fill = (template: string): string => fillTemplate(template, values).text;

describe('fillTemplate', () => {
  it.each([
    ['From {a}, {b}: on', 'From A, B: on'],
    ['{ a }', 'A'],
    ['{{{a}}} and }}{{', '{A} and }{'],
    ['no placeholder', 'no placeholder'],
    ['', ''],
  ])('writes %j as %j', (template, line) => {
    expect(fill(template)).toBe(line);
  });

  it.each([
    ['{empty} · {a}', 'A'],
    ['{a} · {empty}', 'A'],
    ['{a} · {empty} · {b}', 'A · B'],
    ['{a} | {missing} | {b}', 'A | B'],
    ['{a} · {empty}, {b}', 'A · B'],
    ['{a}, {empty} · {b}', 'A · B'],
    ['{a} – {empty}', 'A'],
    ['Liked {empty} times · {a}', 'A'],
    ['{a} ({empty})', 'A'],
    ['{a} ({empty} · {b})', 'A (B)'],
    ['{a} ({empty}, [{empty}]) · {b}', 'A · B'],
    ['{empty}: {a}', 'A'],
    ['{a}: {empty}', 'A'],
    ['{a} {empty} {b}', 'A B'],
    ['{empty} {a}', 'A'],
    ['Read on: {empty} · always', ''],
  ])('takes what surrounds an empty placeholder along: %j is %j', (template, line) => {
    expect(fill(template)).toBe(line);
  });

  it('reads no placeholder, separator or bracket in a value', () => {
    const tricky = { a: plainProse('{b} · ({b}), {{ $1'), b: plainProse('B') };

    expect(fillTemplate('{a} · {b}', tricky).text).toBe('{b} · ({b}), {{ $1 · B');
  });

  it('reads nothing from the prototype of the values', () => {
    expect(fillTemplate('{constructor} · {a}', values).text).toBe('A');
  });

  it('links the addresses that an editor writes, whatever fills them', () => {
    const { text, spans } = fillTemplate('See https://example.com/{a} ({b}).', values);

    expect(text).toBe('See https://example.com/A (B).');
    expect(spans).toEqual([{ kind: 'link', url: 'https://example.com/A', start: 4, end: 25 }]);
  });

  it('links no address that a value has linked', () => {
    const link: Span = { kind: 'link', url: 'https://a.example/long', start: 0, end: 17 };

    const { spans } = fillTemplate('{a}', { a: { text: 'https://a.example', spans: [link] } });

    expect(spans).toEqual([link]);
  });

  it('keeps every span on its words, for any template and values', () => {
    fc.assert(
      fc.property(
        arbitraryTemplate,
        fc.record({ a: prose, b: prose, c: prose }),
        (template, all) => {
          const filled = fillTemplate(template, all);

          expect(listSpans(filled)).toEqual(
            listPlaceholders(template).flatMap((name) => listSpans(all[name])),
          );
        },
      ),
    );
  });

  it('shows every value that has words, and is empty where none has', () => {
    fc.assert(
      fc.property(
        arbitraryTemplate,
        fc.record({ a: prose, b: prose, c: prose }),
        (template, all) => {
          const { text } = fillTemplate(template, all);

          const asked = listPlaceholders(template);
          const filled = asked.filter((name) => all[name].text.trim() !== '');
          for (const name of filled) expect(text).toContain(all[name].text.trim());
          if (asked.length > 0 && filled.length === 0) expect(text).toBe('');
        },
      ),
    );
  });
});

const arbitraryTemplate = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{a}',
        '{b}',
        '{c}',
        ' · ',
        ' | ',
        ' – ',
        ', ',
        ': ',
        ' ',
        '(',
        ')',
        '[',
        ']',
      ),
      fc.string({ maxLength: 4 }).map((text) => text.replace(/[{}]/g, '')),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''));

/** Words of letters, so that a span can be known again by what it holds. */
const prose: fc.Arbitrary<Prose> = fc
  .array(fc.tuple(fc.constantFrom('é', '{a}', '👩‍👧', 'x · y', '(', ' '), fc.boolean()), {
    maxLength: 5,
  })
  .map((words) => {
    let text = '';
    const spans: Span[] = [];
    for (const [index, [word, isTag]] of words.entries()) {
      if (isTag && word.trim() !== '') {
        const start = text.length;
        spans.push({ kind: 'tag', tag: `${index}`, start, end: start + word.length });
      }
      text += word;
    }
    return { text, spans };
  });

/** Each tag and the words that it stands on. */
function listSpans({ text, spans }: Prose): string[] {
  return spans.map((span) => {
    const tag = span.kind === 'tag' ? span.tag : '';
    return `${tag}: ${text.slice(span.start, span.end)}`;
  });
}

type Name = 'a' | 'b' | 'c';
const listPlaceholders = (template: string): Name[] =>
  [...template.matchAll(/\{([abc])\}/g)].map(([, name]) => name as Name);
