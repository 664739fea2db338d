import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { examineIssue } from '../../src/issue/doctor/examine-issue.ts';
import { importHtml } from '../../src/issue/html/import-html.ts';
import { importMarkdown } from '../../src/issue/markdown/import-markdown.ts';
import { importText } from '../../src/issue/text/import-text.ts';
import { at, codes, complaints, mustHaveIssue, NOW } from './samples.ts';

const OPTIONS = { now: NOW };
const PROSE = 'The method is simple and it works on every test that was run so far.';
const WRAPPED = 'https://link.mail.beehiiv.com/ss/c/u001.PaPeR/4kk/h8/h001.qq';

/** An issue with one paper, whose title and body are given as HTML. */
function page(body: string, title = 'A Paper About Foxes', after = ''): string {
  return `<article><h1>The Title</h1><p>Jan 26th ~ Feb 2nd</p><p>#93</p>
<h2>${title}</h2><p>Xin et al. [NVIDIA]</p><p>♥ 4.3k Quantization</p>
${body}</article>${after}`;
}

function clipped(body: string, title = 'A Paper About Foxes', header = ''): string {
  return `# The Title\n\nJan 26th ~ Feb 2nd\n\n#93\n\n${header}## ${title}\n\n*Xin et al. [NVIDIA]*\n\n♥ 4.3k Quantization\n\n${body}\n`;
}

function plain(body: string): string {
  return `The Title\nJan 26th ~ Feb 2nd\n#93\n\nA Paper About Foxes\nXin et al. [NVIDIA]\n♥ 4.3k Quantization\n${body}\n`;
}

const html = (body: string, ...rest: string[]) => importHtml(page(body, ...rest), OPTIONS);
const markdown = (body: string, ...rest: string[]) =>
  importMarkdown(clipped(body, ...rest), OPTIONS);
const text = (body: string) => importText(plain(body), OPTIONS);

function paperOf(imported: ReturnType<typeof html>) {
  return at(mustHaveIssue(imported).papers, 0);
}

function texts(imported: ReturnType<typeof html>): string[] {
  return paperOf(imported).body.flatMap((block) => {
    if (block.kind === 'list') return block.items;
    return block.kind === 'figure' ? [`![${block.alt}] ${block.caption ?? ''}`] : [block.text];
  });
}

describe('the private redirect of a mailer is no link:', () => {
  test.each([
    [
      'HTML',
      html(`<p>${PROSE} <a href="${WRAPPED}">there</a></p>`, `<a href="${WRAPPED}">Foxes Plan</a>`),
    ],
    ['Markdown', markdown(`${PROSE} [there](${WRAPPED})`, `[Foxes Plan](${WRAPPED})`)],
  ])('in %s its words stay, and it is told', (_what, imported) => {
    expect(paperOf(imported)).toMatchObject({ title: 'Foxes Plan' });
    expect(JSON.stringify(imported.issue)).not.toContain('beehiiv');
    expect(texts(imported)).toEqual([`${PROSE} there`]);
    expect(complaints(imported.findings)).toMatchObject([
      { code: 'link.wrapper', words: 'Foxes Plan' },
      { code: 'link.wrapper', words: 'there' },
    ]);
  });

  test.each([
    ['HTML', html(`<p>${PROSE} (${WRAPPED})</p>`)],
    ['Markdown', markdown(`${PROSE} (${WRAPPED})`)],
    ['plain text', text(`${PROSE} (${WRAPPED})`)],
  ])('in %s it goes where it is written out', (_what, imported) => {
    expect(texts(imported)).toEqual([PROSE]);
    expect(codes(complaints(imported.findings))).toEqual(['link.wrapper']);
  });

  test('it is not the address of the issue', () => {
    const { issue, findings } = importMarkdown(
      `---\nurl: ${WRAPPED}\n---\n${clipped(PROSE)}`,
      OPTIONS,
    );

    expect(issue?.url).toBeUndefined();
    expect(codes(findings)).toEqual(['link.wrapper']);
  });

  test('the doctor finds it in a structured file', () => {
    const issue = mustHaveIssue(html(`<p>${PROSE}</p>`));
    const papers = issue.papers.map((paper) => ({ ...paper, url: WRAPPED }));

    expect(codes(examineIssue({ ...issue, papers }, { issues: [] }))).toEqual(['link.wrapper']);
  });
});

test('HTML tells of links that lead to no web page, but for places in the page', () => {
  const { findings } = html(
    `<p>${PROSE} <a href="mailto:a@b.c">a</a> <a href="/b">b</a> <a href="javascript:c()">c</a> <a href="#d">d</a></p>`,
  );

  expect(codes(findings)).toEqual(['link.not-web', 'link.not-web', 'link.not-web']);
});

describe('the paper’s own link', () => {
  const ARXIV = 'https://arxiv.org/abs/2601.12345';

  test.each([
    ['in Markdown', markdown(`Paper: ${ARXIV}?utm_source=x\n\n${PROSE}`)],
    ['in HTML', html(`<p>Paper: ${ARXIV}?utm_source=x</p><p>${PROSE}</p>`)],
    ['in plain text', text(`Paper: ${ARXIV}?utm_source=x\n${PROSE}`)],
  ])('is found where it is written out %s, without its tracking', (_what, imported) => {
    expect(paperOf(imported).url).toBe(ARXIV);
    expect(texts(imported)).toEqual([`Paper: ${ARXIV}`, PROSE]);
    expect(complaints(imported.findings)).toEqual([]);
  });

  test('is no heading on a line of its own', () => {
    const imported = text(`${ARXIV}\n${PROSE}`);

    expect(paperOf(imported)).toMatchObject({ url: ARXIV, body: [{ kind: 'paragraph' }, {}] });
  });

  test('is of the most trusted kind, with a doubt where its title leads elsewhere', () => {
    const title = '[A Paper About Foxes](https://example.com/blog)';

    const doubted = markdown(`See [this](${ARXIV}). ${PROSE}`, title);
    const named = markdown(`See [the paper](${ARXIV}). ${PROSE}`, title);

    expect(paperOf(doubted).url).toBe(ARXIV);
    expect(codes(complaints(doubted.findings))).toEqual(['paper.link-doubtful']);
    expect(paperOf(named).url).toBe(ARXIV);
    expect(complaints(named.findings)).toEqual([]);
  });

  test('is that of the title among equals', () => {
    const imported = markdown(
      `See [the paper](https://arxiv.org/abs/1). ${PROSE}`,
      `[A Paper About Foxes](${ARXIV})`,
    );

    expect(paperOf(imported).url).toBe(ARXIV);
  });
});

describe('what looks like a definition in Markdown', () => {
  test.each([
    '[1]: Smith says that this is not so.',
    '[Note]: this is a remark.',
    '[^1]: A footnote with words.',
    '[^1]: Footnote.',
  ])('%s stays text', (line) => {
    const label = line.slice(0, line.indexOf(']') + 1);

    const imported = markdown(`${PROSE}${label}\n\n${line}`);

    expect(texts(imported)).toEqual([`${PROSE}${label}`, line]);
    expect(complaints(imported.findings)).toEqual([]);
  });

  test('is one with an address and a title, and is told where nothing uses it', () => {
    const imported = markdown(
      `${PROSE} [a][1]\n\n[1]: https://a.example/ "A title"\n[2]: <https://b.example/>`,
    );

    expect(texts(imported)).toEqual([`${PROSE} [a](https://a.example/)`]);
    expect(imported.findings).toMatchObject([{ code: 'markdown.address-unused', line: 16 }]);
  });
});

describe('an image within a sentence', () => {
  test.each([
    ['HTML', html('<p>Text with <img src="https://i.example/x.png" alt="x²"> in it.</p>')],
    ['Markdown', markdown('Text with ![x²](https://i.example/x.png) in it.')],
  ])('in %s leaves its words', (_what, imported) => {
    expect(texts(imported)).toEqual(['Text with x² in it.']);
    expect(codes(imported.findings)).toEqual(['image.inline']);
  });

  test.each([
    ['HTML', html(`<p>${PROSE}<br><img src="https://i.example/x.png" alt="x"><br>Short</p>`)],
    ['Markdown', markdown(`${PROSE}\n![x](https://i.example/x.png)\n\nShort`)],
  ])('in %s is none on a line of its own', (_what, imported) => {
    expect(texts(imported)).toEqual([PROSE, '![x] Short']);
  });

  test('a term after an image is no caption', () => {
    const imported = html(
      `<img src="https://i.example/x.png" alt="x"><dl><dt>Term</dt><dd>${PROSE}</dd></dl>`,
    );

    expect(texts(imported)).toEqual(['![x] ', 'Term', PROSE]);
  });
});

describe('HTML keeps what is meant:', () => {
  test.each([
    ['x<sup>2</sup>, H<sub>2</sub>O', 'x², H₂O'],
    ['x<sup>n-1</sup>, a<sub>ij</sub>', 'xⁿ⁻¹, aᵢⱼ'],
    ['x<sup>Q/2</sup>, a<sub>b</sub>', 'x^(Q/2), a\\_(b)'],
    ['the 3<sup>rd</sup> note<sup>[1]</sup>', 'the 3rd note[1]'],
  ])('%s is %s', (source, written) => {
    expect(texts(html(`<p>${source}</p>`))).toEqual([written]);
  });

  test('struck words go, and are told', () => {
    const imported = html('<p>It is <s>not</s> so.</p>');

    expect(texts(imported)).toEqual(['It is so.']);
    expect(imported.findings).toMatchObject([{ code: 'text.struck', line: 3 }]);
  });

  test('code keeps its lines, and a table its rows', () => {
    const imported = html(
      `<p>${PROSE}</p><pre><code>a = 1\nb = 2\n</code></pre><table><tr><th>k<th>v</tr><tr><td>1<td><b>2</b></tr></table>`,
    );

    expect(texts(imported)).toEqual([PROSE, '`a = 1`', '`b = 2`', 'k · v', '1 · **2**']);
    expect(codes(imported.findings)).toEqual(['code.flattened', 'table.flattened']);
  });
});

test('Markdown keeps the lines of code, the rows of tables and raised text', () => {
  const imported = markdown(
    `${PROSE} x<sup>2</sup> is ~~not~~ so.\n\n\`\`\`\na = 1\nb = 2\n\`\`\`\n\n| k | v |\n|---|:-:|\n| 1 | **2** |`,
  );

  expect(texts(imported)).toEqual([
    `${PROSE} x² is so.`,
    '`a = 1`',
    '`b = 2`',
    'k · v',
    '1 · **2**',
  ]);
  expect(codes(imported.findings)).toEqual(['text.struck', 'code.flattened', 'table.flattened']);
});

describe('what is doubtful', () => {
  test('is a button or a good-bye in a paper', () => {
    const imported = markdown(
      `${PROSE}\n\n[Subscribe to the course](https://x.example/)\n\n[Read the paper](https://y.example/)\n\nThanks for reading! See you next week.`,
    );

    expect(complaints(imported.findings)).toMatchObject([
      { code: 'paragraph.doubtful', line: 15 },
      { code: 'paragraph.doubtful', line: 19 },
    ]);
    expect(texts(imported)).toHaveLength(4);
  });

  test('is told once for a heading', () => {
    const { findings } = markdown(`${PROSE}\n\n## Nothing Special\n\n${PROSE}`);

    expect(codes(findings)).toEqual(['promotion.doubtful']);
  });

  test.each(['First one. Second one.', `${'A long one, '.repeat(13)}and on`])(
    'is “%s” as a subtitle',
    (line) => {
      const { issue, findings } = importText(plain(PROSE).replace('\n', `\n${line}\n`), OPTIONS);

      expect(issue?.subtitle).toBeUndefined();
      expect(codes(findings)).toEqual(['text.unplaced']);
    },
  );
});

test('a promotion keeps its addresses', () => {
  const { issue } = markdown(
    `${PROSE}\n\n## A Course from Our Academy\n\nSign up [here](https://a.example/) today.\n\n[![Banner](https://b.example/i.png)](https://c.example/)`,
  );

  expect(issue?.promotions[0]?.text).toBe(
    'Sign up here (https://a.example/) today.\nBanner (https://c.example/ https://b.example/i.png)',
  );
});

test('every word and every web link of a page is in the issue or named by a finding', () => {
  const wraps = [
    'p h3 ul>li ol>li blockquote div section footer nav aside form button noscript details'.split(
      ' ',
    ),
    'dl>dt dl>dd pre pre>code s del sup sub small b i code mark header table>tr>td svg>text'.split(
      ' ',
    ),
    [
      'p hidden',
      'p style="display:none"',
      'figure>figcaption',
      'textarea',
      'object',
      'video',
      'span',
    ],
  ].flat();
  const part = fc.record({
    wrap: fc.constantFrom(...wraps),
    inner: fc.constantFrom('', 'b', 'i', 's', 'sup', 'span', 'p'),
    hasLink: fc.boolean(),
    hasImage: fc.boolean(),
  });
  /** Outside the article these are the page's own, and go without a word. */
  const isChrome = (wrap: string): boolean =>
    /^(?:footer|nav|aside|header|form|button|noscript|svg|textarea|object|video|p )/.test(wrap);
  const put = (path: string, content: string): string =>
    path === ''
      ? content
      : path
          .split('>')
          .reduceRight((inside, tag) => `<${tag}>${inside}</${tag.split(' ')[0]}>`, content);

  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.nat(8), (parts, outsideFrom) => {
      const words: string[] = [];
      const sources = parts.map(({ wrap, inner, hasLink, hasImage }, n) => {
        const [word, url] = [`quokka${n}x`, `https://link${n}.example/`];
        const isSilent = n >= outsideFrom && isChrome(wrap);
        if (!isSilent) words.push(word);
        if (hasLink && !isSilent) words.push(url);
        const link = hasLink ? `<a href="${url}">${word}</a>` : word;
        const image = hasImage ? `<img src="https://i.example/${n}.png" alt="wombat${n}x">` : '';
        return put(wrap, `before ${put(inner, link)} ${image} after`);
      });
      const source = page(
        `<p>${`${PROSE} `.repeat(20)}</p>${sources.slice(0, outsideFrom).join('<hr>')}`,
        undefined,
        sources.slice(outsideFrom).join('<hr>'),
      );

      const imported = importHtml(source, OPTIONS);

      const all = JSON.stringify([mustHaveIssue(imported), imported.findings]);
      expect(words.filter((word) => !all.includes(word))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
