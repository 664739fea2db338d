import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainProse } from '../../../formatters/text/prose.ts';
import { fillTemplate } from '../../../formatters/voice/fill-template.ts';
import { checkTemplate, templateNames } from '../../../formatters/voice/template.ts';

describe('checkTemplate', () => {
  it.each([
    ['title', '📄 {title}'],
    ['title', '{ title }'],
    ['labels', '{likes} ({hashtags})'],
    ['closing', 'Written by hand. {{sic}}'],
    ['closing', ''],
    ['newsLine', '{news} [{likes}]'],
    ['entry', '{issue}: {title}'],
    ['byline', 'ü'.repeat(200)],
  ] as const)('takes "%s: %s"', (name, template) => {
    expect(checkTemplate(name, template)).toBeUndefined();
  });

  it.each([
    [
      'title',
      '{titel}',
      'it does not know {titel}; did you mean {title}? It knows {title}, {byline}',
    ],
    ['closing', '{issuetitle}', 'did you mean {issueTitle}?'],
    [
      'newsLine',
      '{news} {author}',
      'it does not know {author}; it knows {news}, {likes}, {number}',
    ],
    ['monthDigest', '{number}', 'it does not know {number}; it knows {month}, {period}'],
    ['byline', '{}', 'it does not know {}; it knows'],
    ['byline', '{constructor}', 'it does not know {constructor}'],
    ['byline', '{byline', 'its "{" has no partner; to show a brace, write "{{"'],
    ['byline', 'byline}', 'its "}" has no partner; to show a brace, write "}}"'],
    ['byline', '{{byline}', 'its "}" has no partner'],
    ['byline', '{byline}\n{likes}', 'it must be one line'],
    ['byline', '{byline}\u2028', 'it must be one line'],
    ['title', 'A paper', 'it must have {title}'],
    ['title', '', 'it must have {title}'],
    ['title', '{{title}}', 'it must have {title}'],
    ['entry', '{names}', 'it must have {title}'],
    ['newsLine', '{likes}', 'it must have {news}'],
    ['byline', 'x'.repeat(201), 'it has 201 characters, at most 200'],
  ] as const)('refuses "%s: %s"', (name, template, reason) => {
    expect(checkTemplate(name, template)).toContain(reason);
  });

  it('never throws, and what it takes is filled without braces that nobody wrote', () => {
    const template = fc
      .array(fc.constantFrom('{', '}', '{{', '}}', '{title}', '{likes}', ' · ', ' ', 'a'))
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...templateNames), template, (name, text) => {
        if (checkTemplate(name, text) !== undefined) return;
        const values = { title: plainProse('T'), likes: plainProse('L') };

        const filled = fillTemplate(text, values).text;

        expect(filled.match(/[{}]/g) ?? []).toHaveLength((text.match(/\{\{|\}\}/g) ?? []).length);
      }),
    );
  });
});
