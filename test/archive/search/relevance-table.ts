/** A question and the paper that must come first, as "issue/slug". */
export type Expectation = {
  readonly query: string;
  readonly first: string;
  /** True where the words are those of the real text, which the samples tell in other words. */
  readonly isOfText?: true;
  /** True where many papers of a large archive answer as well: asked of the small one alone. */
  readonly isBroad?: true;
};

const QAD = '93/quantization-aware-distillation-for-nvfp4-inference-accuracy-recovery';
const FILTER = '93/shaping-capabilities-with-token-level-data-filtering';
const SDPO = '93/reinforcement-learning-via-self-distillation';
const LENS = '93/tensorlens-end-to-end-transformer-analysis-via-high-order-attention-tensors';
const HISA = '102/hisa-efficient-hierarchical-indexing-for-fine-grained-sparse-attention';
const SSD = '102/embarrassingly-simple-self-distillation-improves-code-generation';
const PATHS = '102/path-constrained-mixture-of-experts';
const SCREEN = '102/screening-is-enough';

const ask = (first: string, ...queries: readonly string[]): Expectation[] =>
  queries.map((query) => ({ query, first }));
const askText = (first: string, ...queries: readonly string[]): Expectation[] =>
  ask(first, ...queries).map((one) => ({ ...one, isOfText: true }));
const askBroadly = (first: string, ...queries: readonly string[]): Expectation[] =>
  ask(first, ...queries).map((one) => ({ ...one, isBroad: true }));

/** Questions that the search is made by. */
export const RELEVANCE: readonly Expectation[] = [
  ...ask(
    QAD,
    'quantization-aware distillation',
    'quantization aware distilation',
    'nvfp4',
    'NVFP4 accuracy recovery',
    'QAD',
    'qunatization aware distillation',
    'xin nvidia',
    'Quantisation-Aware Distillation NVFP4',
    '"inference accuracy recovery"',
    '93 nvfp4',
  ),
  ...askBroadly(QAD, 'quantiz', 'quantization', 'nvidia', 'xin'),
  ...askText(QAD, '"KL divergence"', 'AceReason Nemotron'),
  ...ask(
    FILTER,
    'data filtering',
    'token-level data filtering',
    'token level filtering',
    'shaping capabilities',
    'Rathi',
    'rathi and radford',
    'radford anthropic',
    'capabilites filtering',
    'filter data tokens',
    'Data Filtering paper from Anthropic',
  ),
  ...askBroadly(FILTER, 'anthropic'),
  ...askText(FILTER, 'bioweapons', 'government redacting a classified file'),
  ...ask(
    SDPO,
    'reinforcement learning via self-distillation',
    'RL via self distillation',
    'Hubotter',
    'Hübotter',
    'huebotter',
    'reinforcment learning self distilation',
    'max planck self distillation',
    'ETH Zurich self-distillation',
    'SDPO',
    'self-distillation policy optimization',
    '93 self distillation',
    'LLM scaling law',
  ),
  ...askText(SDPO, 'Olmo3-7B-Instruct', 'harsh school exam'),
  ...ask(
    LENS,
    'tensorlens',
    'TensorLens',
    'tensor lens',
    'tensorlense',
    'tensorl',
    '93 tensorlens',
    'high-order attention tensors',
    'transformer interpretability',
    'Atad',
    'Atad tel aviv',
    'transfomer analysis high order',
    'end-to-end transformer analysis',
    'End to end Transformer analysis via high order attention tensors',
  ),
  ...askBroadly(LENS, 'tel aviv university', 'interpretability'),
  ...ask(
    HISA,
    'HISA',
    'hisa sparse attention',
    'hierarchical indexing',
    'hierarchical indexing sparse attention',
    'fine-grained sparse attention',
    'finegrained sparse attention',
    'heirarchical indexing',
    '"fine-grained sparse attention"',
    'Xu hierarchical indexing',
  ),
  ...askBroadly(HISA, 'sparse attention'),
  ...ask(
    SSD,
    'embarrassingly simple self-distillation',
    'embarassingly simple',
    'embarrassingly simple code generation',
    'self distillation code generation',
    'selfdistillation code generation',
    'self-distillation apple',
    'simple self distillation',
    'Zhang apple self-distillation',
    'embarass',
  ),
  ...askBroadly(SSD, 'distillation', 'code generation', 'self distillation', 'distilled'),
  ...askText(SSD, 'precision-exploration conflict', 'locks and forks', 'LiveCodeBench'),
  ...ask(
    PATHS,
    'path-constrained mixture of experts',
    'path constrained moe',
    'PathMoE',
    'path moe',
    'Gu apple google',
    'path constraned mixture',
    'path-constrained mixture-of-experts apple',
  ),
  ...askBroadly(PATHS, 'moe', 'MoE', 'mixture of experts', 'mixture of expert', 'google moe'),
  ...ask(
    SCREEN,
    'screening is enough',
    'Screening Is Enough',
    'screening',
    'sreening enough',
    'Nakanishi',
    'nakanishi riken',
    'RIKEN',
    'multiscreen',
    'Nakanisi',
    'attention nakanishi',
  ),
  ...askText(SCREEN, 'Multiscreen perplexity'),
];

/** Questions set aside: they are asked when all is done, and nothing is made by them. */
export const HELD_OUT: readonly Expectation[] = [
  ...ask(
    QAD,
    'aware distillation for NVFP4',
    'nvfp4 distilling',
    'Xin et al. NVIDIA quantization-aware distillation',
    'inference acuracy recovery nvfp4',
  ),
  ...ask(
    FILTER,
    'token-level filtering stanford',
    'shaping capabilties',
    'Anthropic data filters',
    'filtering data at the token level',
  ),
  ...ask(
    SDPO,
    'self distillation RL ETH',
    'reinforcement learning Hübotter',
    'max planck institute for intelligent systems',
    'hubottr',
  ),
  ...ask(
    LENS,
    'tensor-lens transformer',
    'analysing transformers with high order tensors',
    'tensorlens end to end analysis',
    'attention tensors tel-aviv',
  ),
  ...ask(
    HISA,
    'hisa efficient',
    'efficient hierarchical index',
    'hierarchical sparse attention fine grained',
  ),
  ...ask(
    SSD,
    'embarrassingly simple self distillation improves code',
    'simple self-distillaton for code',
    'apple code generation distillation',
    'embarrassing simple',
  ),
  ...ask(PATHS, 'path constrained experts', 'constrained mixture of experts google', 'pathmoes'),
  ...ask(SCREEN, 'is screening enough?', 'paper about screening from RIKEN', 'screnning'),
  ...askText(LENS, 'linear operator feed-forward networks residual connections'),
  ...askText(HISA, 'DSA token-wise indexer'),
  ...askText(PATHS, 'Fineweb-100B'),
];
