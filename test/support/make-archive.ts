import type { Issue, News, Paper } from '../../src/issue/schema.ts';
import { makeSlug } from '../../src/issue/slug.ts';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const split = (words: string): string[] => words.split(',').map((word) => word.trim());

const QUALITIES = split(
  'Sparse, Robust, Efficient, Scalable, Adaptive, Hierarchical, Continual, Unified, Streaming, Causal, Latent, Modular, Recursive, Probabilistic, Equivariant, Low-Rank, Long-Context, Training-Free, Budgeted, Calibrated, Asynchronous, Federated, Multi-Scale, Dynamic, Frugal, Open-Ended, Private, Verifiable, Compositional, Grounded',
);
const METHODS = split(
  'Attention, Distillation, Quantization, Pruning, Mixture-of-Experts, Reinforcement Learning, Preference Optimization, Chain-of-Thought, State Space Models, Diffusion Models, Flow Matching, Retrieval-Augmented Generation, Speculative Decoding, Model Merging, Tokenization, Contrastive Learning, Curriculum Learning, Graph Neural Networks, Variational Autoencoders, Vision Transformers, Low-Rank Adaptation, Reward Modeling, Tree Search, KV Cache Compression, World Models, Self-Play, Data Selection, Knowledge Editing, Sparse Autoencoders, In-Context Learning, Instruction Tuning, Positional Encoding, Embedding Models, Neural Architecture Search, Generative Adversarial Networks, Test-Time Training',
);
const TASKS = split(
  'Machine Translation, Protein Design, Robot Manipulation, Theorem Proving, Medical Imaging, Weather Forecasting, Program Repair, Speech Recognition, Text-to-Speech, Video Understanding, Table Question Answering, Drug Discovery, Web Navigation, Document Parsing, Chip Layout, Legal Reasoning, Music Generation, Traffic Prediction, Image Editing, Dialogue Safety, Fact Checking, Materials Science, Game Playing, Satellite Imagery, Molecular Dynamics, Scene Reconstruction, Log Analysis, Compiler Optimization, Financial Forecasting, Sign Language',
);
const THINGS = split(
  'Gradient Routing, Shared Memories, Noisy Labels, Spectral Filters, Token Budgets, Weak Supervision, Latent Plans, Synthetic Data, Entropy Bounds, Optimal Transport, Feedback Loops, Random Projections, Early Exits, Gated Recurrence, Cross-Layer Sharing, Adversarial Probes, Byte-Level Inputs, Delayed Rewards, Local Search, Symbolic Traces, Soft Prompts, Kernel Fusion, Human Corrections, Activation Steering, Layer Skipping, Power Laws',
);
const TOPICS = split(
  'Attention, Distillation, Quantization, Pruning, MoE, RL, Alignment, Reasoning, SSM, Diffusion, RAG, Decoding, Model Merging, Tokenization, Contrastive Learning, Graphs, Vision, PEFT, Reward Models, Agents, World Models, Data, Interpretability, Embeddings, Architecture, Test-Time Compute, Speech, Video, Robotics, Safety, Benchmarks, Code, Math, Multimodal, Long Context, Optimization, Theory, Biology, Efficiency, Retrieval',
);
const PLACES = split(
  'Lisbon, Osaka, Toronto, Warsaw, Nairobi, Bergen, Seoul, Porto, Utrecht, Austin, Lyon, Kyoto, Dublin, Chennai, Helsinki, Vienna, Tartu, Bogotá, Zagreb, Malmö',
);
const KINDS = split('University of %, % Institute of Technology, % AI Lab, % Research');
const COMPANIES = split(
  'Google, Meta, Microsoft, Amazon, Alibaba, Tencent, Baidu, Samsung, IBM, Salesforce, Adobe, Huawei, ByteDance, Cohere, Mistral, NEC',
);
const COMMON = split(
  'the, of, a, to, and, in, is, that, it, for, model, with, data, on, training, as, by, language, are, this, from, models, results, be, method, which, we, or, network, learning, layer, tokens, task, more, than, each, error, scale, context, attention, small, large, across, step, reward, answer, teacher, student, memory, compute, sample, weights, score, layers, over, between, when, during, after, without, every, only, faster, better, accuracy, inference, parameters, sequence, policy, prompt, reasoning, signal, noise, gradient, loss, search, graph, image, video, speech, code, agents, tools, long, short, sparse, dense',
);
const ONSETS = split(
  'b, br, c, ch, d, dr, f, fl, g, gr, h, j, k, kr, l, m, n, p, pl, qu, r, s, sh, st, t, tr, v, w, z',
);
const VOWELS = split('a, e, i, o, u, ai, ea, io, ou');
const CODAS = ['', '', 'l', 'n', 'r', 's', 't', 'm', 'nd', 'rk', 'ss', 'x'];
const ACCENTED: Readonly<Record<string, string>> = { a: 'á', e: 'é', o: 'ö', u: 'ü', i: 'í' };
const RARE_WORDS = 30_000;
const AUTHORS = 4_000;
const PAPERS_PER_ISSUE = 5;
const NEWS_PER_ISSUE = 4;

export type ArchiveOptions = {
  readonly papers: number;
  readonly seed?: number;
  /** Words of the text of each paper, on average. */
  readonly words?: number;
  /** Numbers that no issue gets: those of the issues that are mixed in. */
  readonly without?: readonly number[];
};

/** Issues with so many papers in all that look like the field's, made of a seed. Pure. */
export function makeArchiveIssues({
  papers,
  seed = 1,
  words = 250,
  without = [],
}: ArchiveOptions): Issue[] {
  const random = makeRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const makeName = (syllables: number): string =>
    Array.from({ length: syllables }, () => pick(ONSETS) + pick(VOWELS) + pick(CODAS)).join('');
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const rare = Array.from({ length: RARE_WORDS }, (_, n) => makeName(n < 4_000 ? 2 : 3));
  const authors = Array.from({ length: AUTHORS }, () => {
    const name = capital(makeName(random() < 0.4 ? 1 : 2));
    return random() < 0.15 ? name.replace(/[aeiou]/, (vowel) => ACCENTED[vowel] ?? vowel) : name;
  });
  const organizations = [
    ...COMPANIES,
    ...PLACES.flatMap((place) => KINDS.map((kind) => kind.replace('%', place))),
  ];
  // Zipf's law: the word of rank r about 1/r as often as the first.
  const makeWord = (): string => {
    if (random() < 0.72) return COMMON[Math.floor(COMMON.length ** random()) - 1] ?? 'the';
    return rare[Math.floor(RARE_WORDS ** random()) - 1] ?? 'of';
  };
  const makeSentence = (): string => {
    const length = 8 + Math.floor(random() * 18);
    return `${capital(Array.from({ length }, makeWord).join(' '))}.`;
  };
  const makeParagraph = (size: number): string => {
    const sentences: string[] = [];
    for (let left = size; left > 0; left -= 17) sentences.push(makeSentence());
    return sentences.join(' ');
  };
  const makeTitle = (): string => {
    const coined =
      capital(makeName(2)) + pick(['', '', 'Net', 'Bench', 'LM', 'Former', '-2', '++']);
    const core = pick([
      () => `${pick(QUALITIES)} ${pick(METHODS)} for ${pick(TASKS)}`,
      () => `${pick(METHODS)} with ${pick(THINGS)}`,
      () => `${pick(QUALITIES)} ${pick(TASKS)} via ${pick(THINGS)}`,
      () => `Rethinking ${pick(METHODS)} in ${pick(TASKS)}`,
      () => `${pick(QUALITIES)} and ${pick(QUALITIES)} ${pick(METHODS)}`,
    ])();
    return random() < 0.6 ? `${coined}: ${core}` : core;
  };
  const makeLikes = (): number => Math.round(10 ** (1.5 + random() * 2.5));
  const makePaper = (taken: Set<string>): Paper => {
    const title = makeTitle();
    const slug = makeSlug(title, (one) => taken.has(one));
    taken.add(slug);
    const names = [
      ...new Set(Array.from({ length: 1 + Math.floor(random() * 2) }, () => pick(authors))),
    ];
    const places = [
      ...new Set(Array.from({ length: Math.floor(random() * 3) }, () => pick(organizations))),
    ];
    const etAl = random() < 0.7;
    return {
      slug,
      title,
      byline: {
        text: `${names.join(' and ')}${etAl ? ' et al.' : ''}${places.length > 0 ? ` [${places.join(', ')}]` : ''}`,
        authors: names,
        etAl,
        organizations: places,
      },
      ...(random() < 0.95 ? { likes: makeLikes() } : {}),
      topics: [...new Set([pick(TOPICS), ...(random() < 0.3 ? [pick(TOPICS)] : [])])],
      pick: random() < 0.15,
      ...(random() < 0.8 ? { url: `https://arxiv.org/abs/${makeArxivId(random)}` } : {}),
      body: Array.from({ length: 4 }, () => ({
        kind: 'paragraph',
        text: makeParagraph(words / 4),
      })),
    };
  };
  const makeNews = (): News => ({ likes: makeLikes(), text: makeParagraph(40), figures: [] });
  const issues: Issue[] = [];
  for (let number = 1, left = papers; left > 0; number += 1) {
    if (without.includes(number)) continue;
    const taken = new Set<string>();
    const count = Math.min(PAPERS_PER_ISSUE, left);
    const start = new Date(Date.UTC(2000, 0, 3 + number * 7));
    const end = new Date(start.getTime() + 6 * 86_400_000);
    issues.push({
      number,
      title: `${pick(QUALITIES)} ${pick(METHODS)}`,
      period: { start: start.toISOString().slice(0, 10), end: end.toISOString().slice(0, 10) },
      news: Array.from({ length: NEWS_PER_ISSUE }, makeNews),
      papers: Array.from({ length: count }, () => makePaper(taken)),
      promotions: [],
    });
    left -= count;
  }
  return issues;
}

function makeArxivId(random: () => number): string {
  const year = 10 + Math.floor(random() * 17);
  const month = String(1 + Math.floor(random() * 12)).padStart(2, '0');
  return `${year}${month}.${String(Math.floor(random() * 20_000)).padStart(5, '0')}`;
}
