import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasErrors } from '../../src/issue/finding.ts';
import { importIssue } from '../../src/issue/import-issue.ts';
import { issueSchema } from '../../src/issue/schema.ts';
import { accountForLines } from './account-for-lines.ts';
import { codes, complaints, mustHaveIssue, NOW } from './samples.ts';

const FACTS = [
  {
    file: 'issue-093.txt',
    number: 93,
    title: 'The First End-to-End Interpretability Method for Transformers',
    subtitle: /Quantization-Aware Distillation.*RL via Self-Distillation/,
    period: { start: '2026-01-26', end: '2026-02-02' },
    inYear2024: { start: '2024-01-26', end: '2024-02-02' },
    news: [34_000, 15_000, 2_900],
    captions: [0, 0, 1],
    promotions: ['Support My Newsletter'],
    repaired: ['text.mojibake-repaired'],
    // Slug, authors, et al., organizations, likes, topic, pick.
    papers: [
      [
        'quantization-aware-distillation-for-nvfp4-inference-accuracy-recovery',
        ['Xin'],
        true,
        ['NVIDIA'],
        4_300,
        'Quantization',
        false,
      ],
      [
        'shaping-capabilities-with-token-level-data-filtering',
        ['Rathi', 'Radford'],
        false,
        ['Anthropic', 'Stanford'],
        882,
        'Data filtering',
        true,
      ],
      [
        'reinforcement-learning-via-self-distillation',
        ['Hübotter'],
        true,
        ['ETH Zurich', 'Max Planck Institute for Intelligent Systems', 'MIT', 'Stanford'],
        320,
        'LLM Scaling Law',
        false,
      ],
      [
        'tensorlens-end-to-end-transformer-analysis-via-high-order-attention-tensors',
        ['Atad'],
        true,
        ['Tel Aviv University'],
        902,
        'Transformer Interpretability',
        false,
      ],
    ],
  },
  {
    file: 'issue-102.txt',
    number: 102,
    title: 'Embarrassingly Simple Self-Distillation Technique',
    subtitle: /Path-Constrained MoE, HISA/,
    period: { start: '2026-04-01', end: '2026-04-07' },
    inYear2024: { start: '2024-04-01', end: '2024-04-07' },
    news: [2_000, 7_200, 5_800, 4_600],
    captions: [0, 0, 0, 0],
    promotions: ['Intuitive AI Academy - NEW MoE Chapter!'],
    repaired: [],
    papers: [
      [
        'hisa-efficient-hierarchical-indexing-for-fine-grained-sparse-attention',
        ['Xu'],
        true,
        [],
        256,
        'Attention',
        false,
      ],
      [
        'embarrassingly-simple-self-distillation-improves-code-generation',
        ['Zhang'],
        true,
        ['Apple'],
        1_500,
        'Distillation',
        true,
      ],
      ['path-constrained-mixture-of-experts', ['Gu'], true, ['Apple', 'Google'], 356, 'MoE', false],
      ['screening-is-enough', ['Nakanishi'], false, ['RIKEN'], 762, 'Attention', false],
    ],
  },
] as const;

for (const facts of FACTS) {
  const file = new URL(`../../../shared/issues/${facts.file}`, import.meta.url);
  const isHere = existsSync(file);
  if (!isHere) {
    const why = `Skipped: the real ${facts.file} is not kept in this repository; ${file.pathname} is not there.`;
    // biome-ignore lint/suspicious/noConsole: whoever runs the tests must see what did not run
    console.warn(why);
  }

  describe.skipIf(!isHere)(`the real ${facts.file}`, () => {
    const bytes = isHere ? readFileSync(file) : new Uint8Array();
    const source = new TextDecoder().decode(bytes);
    const imported = importIssue(bytes, { now: NOW });

    test('imports without an error or a doubt', () => {
      const { issue, findings } = imported;

      expect(hasErrors(findings)).toBe(false);
      expect(complaints(findings)).toEqual([]);
      expect(issueSchema.safeParse(issue).success).toBe(true);
    });

    test('has its number, titles and period', () => {
      const issue = mustHaveIssue(imported);

      expect(issue.number).toBe(facts.number);
      expect(issue.title).toBe(facts.title);
      expect(issue.subtitle).toMatch(facts.subtitle);
      expect(issue.period).toEqual(facts.period);
    });

    test('takes a stated year over the inferred one', () => {
      const issue = mustHaveIssue(importIssue(bytes, { now: NOW, year: 2024 }));

      expect(issue.period).toEqual(facts.inYear2024);
    });

    test('has each news line with its likes and captions', () => {
      const { news } = mustHaveIssue(imported);

      expect(news.map(({ likes }) => likes)).toEqual(facts.news);
      expect(news.map(({ figures }) => figures.length)).toEqual(facts.captions);
    });

    test('has its four papers with byline, likes, topic and pick', () => {
      const { papers } = mustHaveIssue(imported);

      const rows = papers.map(({ slug, byline, likes, topics, pick }) => [
        slug,
        byline.authors,
        byline.etAl,
        byline.organizations,
        likes,
        topics.join(),
        pick,
      ]);
      expect(rows).toEqual(facts.papers);
    });

    test('has every line of the file exactly once, in its place and order', () => {
      const problems = accountForLines(source, mustHaveIssue(imported));

      expect(problems).toEqual([]);
    });

    test('keeps promotions out of the papers and the news', () => {
      const { news, papers, promotions } = mustHaveIssue(imported);

      expect(promotions.map(({ title }) => title)).toEqual(facts.promotions);
      expect(JSON.stringify([news, papers])).not.toMatch(
        /my newsletter|forwarding it|academy|early bird|use code|my latest project/i,
      );
    });

    test('tells of the letters that it repaired and of nothing else', () => {
      const repairs = codes(imported.findings).filter((code) => code.startsWith('text.'));

      expect(repairs).toEqual(facts.repaired);
    });
  });
}
