import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../src/issue/feed/read-feed.ts';
import { findExponent, LINEAR_AT_MOST } from '../../support/find-exponent.ts';

describe('readFeed, RSS', () => {
  it('reads entries with the fullest content', () => {
    const { entries, findings } = readFeed(`<?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
      <channel><title>News</title><link>https://news.example.org/</link>
      <atom:link href="https://rss.example.org/x" rel="self"/>
      <item>
        <title>A &amp; <![CDATA[B & C]]></title>
        <link>https://news.example.org/p/93?utm_source=rss</link>
        <guid isPermaLink="false">id-93</guid>
        <pubDate>Tue, 03 Feb 2026 15:30:00 +0000</pubDate>
        <description>A teaser</description>
        <content:encoded><![CDATA[<h1>Hi</h1><p>a &amp; b</p>]]></content:encoded>
      </item></channel></rss>`);

    expect(findings).toEqual([]);
    expect(entries).toEqual([
      {
        id: 'id-93',
        url: 'https://news.example.org/p/93',
        title: 'A & B & C',
        publishedAt: new Date('2026-02-03T15:30:00Z'),
        subtitle: 'A teaser',
        html: '<h1>Hi</h1><p>a &amp; b</p>',
        isStub: false,
      },
    ]);
  });

  it.each([
    ['Four bits are enough', 'Four bits are enough'],
    ['Words and words and words and …', undefined],
    ['Words and words. '.repeat(12), undefined],
    ['&lt;p&gt;Words&lt;/p&gt;', undefined],
  ])('takes the description %j beside the whole text for the subtitle %j', (text, subtitle) => {
    const { entries } = readFeed(
      `<rss><channel><item><guid>1</guid><description>${text}</description><encoded>&lt;p&gt;All.&lt;/p&gt;</encoded></item></channel></rss>`,
    );

    expect(entries[0]?.subtitle).toBe(subtitle);
  });

  it('takes an escaped description where there is nothing fuller', () => {
    const { entries } = readFeed(
      '<rss><channel><item><guid>https://a.example/1</guid><description>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</description></item></channel></rss>',
    );

    expect(entries).toEqual([
      {
        id: 'https://a.example/1',
        url: 'https://a.example/1',
        html: '<p>a &amp; b</p>',
        isStub: false,
      },
    ]);
  });

  it('is not misled by the media of an entry', () => {
    const [entry] = readFeed(
      '<rss xmlns:media="m"><channel><item><media:content url="https://a.example/1.png"><media:title>x</media:title></media:content><description><![CDATA[<p>Body</p>]]></description></item></channel></rss>',
    ).entries;

    expect(entry?.html).toBe('<p>Body</p>');
  });

  it('keeps what CDATA says of its own end', () => {
    const [entry] = readFeed(
      '<rss><channel><item><description><![CDATA[<p>a ]]]]><![CDATA[> b</description></p>]]></description></item></channel></rss>',
    ).entries;

    expect(entry?.html).toBe('<p>a ]]> b</description></p>');
  });

  it.each([
    ['an empty entry', '<item><title>T</title></item>'],
    ['a teaser', '<item><title>T</title><description>Read more.</description></item>'],
    [
      'a paywall',
      '<item><title>T</title><content:encoded><![CDATA[<p>Hi</p><div class="x paywall">Pay</div>]]></content:encoded></item>',
    ],
    [
      'no words',
      '<item><title>T</title><content:encoded>&lt;p&gt; &lt;/p&gt;</content:encoded></item>',
    ],
  ])('tells a stub by %s', (_, item) => {
    const { entries, findings } = readFeed(`<rss><channel>${item}</channel></rss>`);

    expect(entries.map(({ isStub }) => isStub)).toEqual([true]);
    expect(findings).toMatchObject([{ code: 'feed.entry-stub', severity: 'warning' }]);
  });

  it('does not take the word paywall for one', () => {
    const { findings } = readFeed(
      '<rss><channel><item><description><![CDATA[<p class="no-paywalls">Behind a paywall.</p>]]></description></item></channel></rss>',
    );

    expect(findings).toEqual([]);
  });
});

describe('readFeed, Atom', () => {
  const read = (entry: string, feed = '') =>
    readFeed(
      `<feed xmlns="http://www.w3.org/2005/Atom" ${feed}><title>F</title><entry>${entry}</entry></feed>`,
      'https://feed.example/atom.xml',
    ).entries[0];

  it('reads an entry', () => {
    const entry = read(
      '<id>tag:1</id><title type="html">One</title><link rel="self" href="/self"/><link href="/p/1?a=1&amp;b=2"/><published>2026-02-03T15:30:00Z</published><updated>2026-02-04T00:00:00+01:00</updated><content type="html">&lt;p&gt;x&lt;/p&gt;</content><summary>s</summary>',
    );

    expect(entry).toEqual({
      id: 'tag:1',
      url: 'https://feed.example/p/1?a=1&b=2',
      title: 'One',
      publishedAt: new Date('2026-02-03T15:30:00Z'),
      updatedAt: new Date('2026-02-03T23:00:00Z'),
      subtitle: 's',
      html: '<p>x</p>',
      base: 'https://feed.example/atom.xml',
      isStub: false,
    });
  });

  it('takes XHTML as it stands, whatever it calls itself', () => {
    expect(
      read('<content type="xhtml"><div xmlns="h"><p>a &amp; <b>b</b></p></div></content>')?.html,
    ).toBe('<div xmlns="h"><p>a &amp; <b>b</b></p></div>');
    expect(
      read('<content type="xhtml"><h:div xmlns:h="h"><h:p>a</h:p></h:div></content>')?.html,
    ).toBe('<div xmlns:h="h"><p>a</p></div>');
  });

  it('takes text as text', () => {
    expect(read('<content type="text">1 &lt; 2 &amp; <![CDATA[<b>]]></content>')?.html).toBe(
      '1 &lt; 2 &amp; &lt;b>',
    );
  });

  it('resolves what is relative against the nearest xml:base', () => {
    const entry = read(
      '<link href="1"/><content type="html" xml:base="../img/">&lt;p&gt;x&lt;/p&gt;</content>',
      'xml:base="https://news.example.org/p/"',
    );

    expect(entry).toMatchObject({
      url: 'https://news.example.org/p/1',
      base: 'https://news.example.org/img/',
    });
  });

  it('does not follow a base or a link out of the web', () => {
    const entry = read('<link href="javascript:alert(1)"/><id>1</id>', 'xml:base="file:///etc/"');

    expect(entry).toMatchObject({ base: 'https://feed.example/atom.xml' });
    expect(entry).not.toHaveProperty('url');
  });
});

describe('readFeed, whatever comes', () => {
  it.each([
    ['', 'feed.unrecognized'],
    ['no XML', 'feed.unrecognized'],
    ['<html><body>Hi</body></html>', 'feed.unrecognized'],
    ['<rss><channel></channel></rss>', 'feed.empty'],
    ['<rss><channel><item><title>', 'feed.not-xml'],
    ['<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss/>', 'feed.not-xml'],
    ['<rss'.repeat(20_000), 'feed.not-xml'],
    ['<rss>'.repeat(20_000), 'feed.not-xml'],
  ])('says what is wrong with %.40j', (xml, code) => {
    expect(readFeed(xml).findings).toMatchObject([{ severity: 'error', code }]);
  });

  it('expands nothing that a document declares', () => {
    const lol = Array.from(
      { length: 30 },
      (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
    ).join('');
    const { entries } = readFeed(
      `<!DOCTYPE rss [<!ENTITY l0 "lol">${lol}]><rss><channel><item><title>&l30; &gone;</title><description>&lt;p&gt;&l30;</description></item></channel></rss>`,
    );

    expect(entries.map(({ title, html }) => [title, html])).toEqual([['&l30; &gone;', '<p>&l30;']]);
  });

  it('never throws', () => {
    const part = fc.constantFrom(
      ...'<rss> <channel> <item> </item> <title> </title> <description> <content:encoded> <![CDATA[ ]]> &amp; &#0; &#xD800; <link href="/"/> <!-- --> <?xml ?> <!DOCTYPE <feed <entry> __proto__ <__proto__> <constructor> = " \''.split(
        ' ',
      ),
    );
    const xml = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(part, fc.string({ maxLength: 4 }))).map((parts) => parts.join('')),
      fc.array(part).map((parts) => `<rss><channel><item>${parts.join('')}</item></channel></rss>`),
    );

    fc.assert(
      fc.property(xml, (text) => {
        const { entries, findings } = readFeed(text);

        expect(entries.length + findings.length).toBeGreaterThan(0);
        for (const { html, id } of entries)
          expect([typeof html, typeof id]).toEqual(['string', 'string']);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['elements', '<title>a</title>'],
    ['unclosed CDATA', '<![CDATA['],
    ['ampersands', '&'],
    ['classes', '<p class="'],
    ['attributes', '<p class'],
    ['comments', '<!--'],
  ])('takes time in proportion to many %s', (_, part) => {
    const make = (size: number): string =>
      `<rss><channel><item><description>${part.repeat(size / part.length)}</description></item></channel></rss>`;

    expect(findExponent(make, readFeed, 200_000, 4_000_000)).toBeLessThan(LINEAR_AT_MOST);
  });
});
