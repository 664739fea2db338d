import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectFormat, formatOfMediaType } from '../../src/issue/detect-format.ts';
import { findExponent, LINEAR_AT_MOST } from '../support/find-exponent.ts';

const sample = (name: string): string =>
  readFileSync(new URL(`../../issues/${name}`, import.meta.url), 'utf8');

describe('detectFormat', () => {
  it.each([
    ['ISSUE.MD', 'markdown'],
    ['a/b.c/issue.markdown', 'markdown'],
    ['issue.htm', 'html'],
    ['feed.rss', 'feed'],
    ['feed.atom', 'feed'],
    ['issue.yml', 'yaml'],
    ['issue.json', 'json'],
  ])('believes the extension of %s, whatever is in it', (name, format) => {
    expect(detectFormat(name, '<html>')).toBe(format);
  });

  it('takes a page that was saved as issue.txt for a page, and any other text for text', () => {
    expect(detectFormat('issue.txt', '<!doctype html><html><body>')).toBe('html');
    expect(detectFormat('issue.txt', '## A heading\n*Xu et al.*')).toBe('text');
  });

  it.each([
    ['html', '<!DOCTYPE html><html>'],
    ['html', '\n  <div class="beehiiv"><p>Hi</p></div>'],
    ['html', '<?xml version="1.0"?><!DOCTYPE html><html xmlns="h"></html>'],
    ['feed', '<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>'],
    ['feed', '<feed xmlns="http://www.w3.org/2005/Atom"></feed>'],
    [
      'feed',
      '<?xml version="1.0"?><rss><channel><description>&lt;html></description></channel></rss>',
    ],
    ['json', '{"number": 93}'],
    ['yaml', '# yaml-language-server: $schema=schema/issue.schema.json\nnumber: 93\n'],
    ['yaml', 'number: 93\ntitle: "One"\n'],
    ['yaml', '---\nnumber: 93\npapers:\n  - title: a\n'],
    ['markdown', '---\ntitle: "One"\nurl: https://a.example\n---\n\n# One\n'],
    ['markdown', '<!-- url: https://a.example -->\n\nOne tensor\n'],
    ['markdown', '# One\n\nHi\n'],
    ['markdown', 'A paper\n---\n\n*Ito et al.*\n'],
    ['markdown', 'Hi\n\n![](https://a.example/1.png)\n'],
    ['text', 'One tensor\n\nIndustry news in one line\n♥ 1.2k A model\n'],
    ['text', '#93 One tensor\n- a - b\n'],
    ['text', ''],
    ['text', 'a < b'],
  ])('tells %s by %j', (format, text) => {
    expect(detectFormat(undefined, text)).toBe(format);
    expect(detectFormat('page', text)).toBe(format);
    expect(detectFormat('issue.xml', text)).toBe(format);
  });

  it.each(['issue-093.txt', 'issue-102.txt'])('takes %s for the plain text that it is', (name) => {
    expect(detectFormat(undefined, sample(name))).toBe('text');
  });

  it.each(['---\n\n', '<!-- -->', '#\n', '<!--', ' '])(
    'takes no more than in proportion to many %j',
    (part) => {
      const make = (length: number): string => part.repeat(length / part.length);
      const detect = (text: string): unknown => detectFormat(undefined, text);

      expect(findExponent(make, detect, 20_000, 1_000_000)).toBeLessThan(LINEAR_AT_MOST);
    },
  );
});

describe('formatOfMediaType', () => {
  it('says what a server is sure of, and nothing of what it is not', () => {
    expect(formatOfMediaType('text/html')).toBe('html');
    expect(formatOfMediaType('application/rss+xml')).toBe('feed');
    expect(formatOfMediaType('application/json')).toBe('json');
    for (const vague of ['text/plain', 'text/xml', 'application/octet-stream', undefined]) {
      expect(formatOfMediaType(vague)).toBeUndefined();
    }
  });
});
