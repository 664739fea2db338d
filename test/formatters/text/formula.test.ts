import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFormula } from '../../../formatters/text/formula.ts';
import { writeScript } from '../../../formatters/text/formula-writer.ts';
import { parseProse } from '../../../formatters/text/prose.ts';
import { escapeInline } from '../../../src/issue/text/escape-inline.ts';
import { findExponent, LINEAR_AT_MOST } from '../../support/find-exponent.ts';

const repeat =
  (part: string) =>
  (length: number): string =>
    part.repeat(length / part.length);

describe('readFormula', () => {
  it.each([
    ['O(n^2)', 'O(n²)'],
    ['x_i^2', 'xᵢ²'],
    ['10^{-3}', '10⁻³'],
    ['\\alpha \\times \\beta', 'α × β'],
    ['8\\times8', '8×8'],
    ['a\\leq b', 'a ≤ b'],
    ['\\frac{a}{b}', 'a/b'],
    ['\\frac{a+b}{2}x', '(a+b)/2 x'],
    ['\\frac12', '1/2'],
    ['2\\frac{a}{b}', '2 a/b'],
    ['\\frac{\\partial L}{\\partial \\theta}', '∂L/∂θ'],
    ['\\sqrt{x} + \\sqrt{a+b}', '√x + √(a+b)'],
    ['\\sqrt[3]{x}', '∛x'],
    ['\\sqrt[n]{x}', 'ⁿ√x'],
    ['x \\in \\mathbb{R}^{n \\times d}', 'x ∈ ℝ^(n×d)'],
    ['\\text{softmax}(QK^\\top/\\sqrt{d_k})V', 'softmax(QKᵀ/√dₖ)V'],
    ['d_{\\text{model}}', 'd_model'],
    ['a_{i,j}', 'a_(i,j)'],
    ['\\sum_{i=1}^{n} x_i \\to \\infty', '∑ᵢ₌₁ⁿ xᵢ → ∞'],
    ['\\mathcal{O}(n\\log n)', 'O(n log n)'],
    ['\\arg\\max_\\theta \\mathbb{E}[R]', 'arg max_θ 𝔼[R]'],
    ['\\hat{y}, \\tilde x, \\widehat{xy}', 'ŷ, x̃, hat(xy)'],
    ['\\left(\\frac{1}{2}\\right)^k', '(1/2)ᵏ'],
    ['\\{x_i\\}_{i=1}^N', '{xᵢ}ᵢ₌₁ᴺ'],
    ['D_{\\mathrm{KL}}(p\\,\\|\\,q)', 'D_KL(p ‖ q)'],
    ['\\not= \\not\\in', '≠ ∉'],
    ["f'(x)", 'f′(x)'],
    ['\\theta^*', 'θ*'],
    ['90^\\circ', '90°'],
    ['\\unknown{x} + \\other y', 'unknown(x) + other y'],
    ['\\binom{n}{k} \\pmod{p}', 'C(n, k) (mod p)'],
    ['\\underset{x}{\\max} f', 'maxₓ f'],
  ])('reads %s as %s', (tex, text) => {
    expect(readFormula(tex)).toBe(text);
  });

  it('reads anything, without a command, a dollar or a brace of grouping left', () => {
    const tex = fc
      .array(
        fc.oneof(
          fc.constantFrom(..."{}[]^_$&~'\\", 'a', ' ', '\\frac', '\\sqrt', '\\hat', '\\alpha'),
          fc.string({ unit: 'binary', maxLength: 3 }),
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(tex, (source) => {
        const text = readFormula(source);

        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/\\(?:frac|sqrt|hat|alpha)/);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    '{',
    '}',
    '^',
    '_',
    '\\',
    '\\frac',
    '\\sqrt[',
    '{\\frac',
    '^{',
    'x_{',
    '\\not',
    '\\left',
  ])('takes time in proportion to the length of a text of %s', (part) => {
    const exponent = findExponent(repeat(part), readFormula, 10_000, 100_000);

    expect(exponent).toBeLessThan(LINEAR_AT_MOST);
  });
});

describe('writeScript', () => {
  it('raises and lowers what Unicode can, and brackets the rest', () => {
    expect(['2', 'n + 1', 'Q', 'a, b', '[3]', ''].map((text) => writeScript(text, '^'))).toEqual([
      '²',
      'ⁿ⁺¹',
      '^Q',
      '^(a, b)',
      '^[3]',
      '',
    ]);
  });
});

describe('parseProse', () => {
  it.each([
    ['costs $O(n^2)$ time', 'costs O(n²) time'],
    ['2$\\times$ faster', '2× faster'],
    ['$$x_i$$ and \\\\(y_j\\\\) and \\(z_k\\)', 'xᵢ and yⱼ and zₖ'],
    ['so \\[ \\sqrt{n} + a_1*b*c_2 \\] holds', 'so √n + a₁*b*c₂ holds'],
    ['\\[\\max_{W_{out}} [x_1] \\{y\\}\\]', 'max_Wₒᵤₜ [x₁] {y}'],
    ['$\\mathbf{x}_{i} + \\mathbf{y}_{j}$', 'xᵢ + yⱼ'],
    ['$\\{x\\}$ is $\\\\{x\\\\}$', '{x} is {x}'],
    ['the $n$th of $k$-NN', 'the nth of k-NN'],
    ['n<sup>2</sup>, x<sub>i</sub>, y<sub>a, b</sub>', 'n², xᵢ, y_(a, b)'],
    ['[about $x_i$](https://x.example)', 'about xᵢ'],
    ['from $5 for $x_{i} + y_{j}$', 'from $5 for xᵢ + yⱼ'],
  ])('shows the formulas of %j as %j', (markdown, text) => {
    expect(parseProse(markdown).text).toBe(text);
  });

  it.each([
    '$5 and $10',
    'It costs $5, not $6 or US$7.',
    '$3.2M to $4B',
    '5$ to 10$ more',
    '$5 or 10$ off',
    '$HOME and $PATH',
    'It was $5 million, or 4$ each.',
    'a price of $5 (see below), up from US$',
    '\\\\(see below\\\\)',
    '\\[1\\] and \\[see foo\\_bar\\] and \\[snake_case\\]',
    '\\[[a_1](https://x.example/b_2)\\]',
    '`$x_i$` and `<sup>2</sup>`',
    'https://x.example/$a_b$c',
  ])('leaves %j without a formula', (markdown) => {
    expect(parseProse(markdown).spans.filter(({ kind }) => kind === 'atom')).toEqual([]);
  });

  it.each(['$', '$ ', '$x$', '$a_', '$$', '{', '\\frac', '\\(5 million ', '\\[5 x_1 '])(
    'takes time in proportion to the length of a text of %s',
    (part) => {
      const exponent = findExponent(repeat(part), parseProse, 5_000, 50_000);

      expect(exponent).toBeLessThan(LINEAR_AT_MOST);
    },
  );

  it('puts each formula under one span, as it reads', () => {
    const { text, spans } = parseProse(
      '**so** $x_i$ is `c` in $O(n \\log n)$, *not* n<sup>2</sup>',
    );

    const atoms = spans.filter(({ kind }) => kind === 'atom');
    expect(atoms.map(({ start, end }) => text.slice(start, end))).toEqual([
      'xᵢ',
      'O(n log n)',
      '²',
    ]);
    const others = spans.filter(({ kind }) => kind !== 'atom');
    expect(others.map(({ start, end }) => text.slice(start, end))).toEqual(['so', 'c', 'not']);
  });

  it('reads a formula that an importer wrote as the formula that the source had', () => {
    const tex = fc
      .array(
        fc.constantFrom(
          ...['\\alpha', '\\frac{a}{b}', '_{i}', '^{2}', '_', '*', '\\{', '\\}', '\\,', '\\|'],
          ...['x', '<y', '&', '+', ' ', '\\mathbf{z}', '[', '](', '='],
        ),
        { minLength: 1, maxLength: 12 },
      )
      .map((parts) => `x_1${parts.join('')}y`);
    fc.assert(
      fc.property(tex, (source) => {
        expect(parseProse(`so ${escapeInline(`$${source}$`)}`).text).toBe(
          `so ${readFormula(source)}`,
        );
      }),
      { numRuns: 300 },
    );
  });
});
