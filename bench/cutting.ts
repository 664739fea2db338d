import { BLUESKY_LIMITS, makeBlueskyTraits } from '../formatters/bluesky.ts';
import type { PaperItem } from '../formatters/item.ts';
import { makeBodyPieces, makePiece } from '../formatters/text/body-pieces.ts';
import { plainProse } from '../formatters/text/prose.ts';
import { type Piece, splitThread } from '../formatters/text/split-thread.ts';
import type { Block } from '../src/issue/schema.ts';
import { type Judgement, joinPieces, judgeCuts, MOST_GRAPHEMES } from './judge-cuts.ts';
import { splitGreedily } from './peers/greedy.ts';
import { splitWithSkyware } from './peers/skyware.ts';
import { timeWarm } from './timing.ts';

/** One way of cutting pieces at 300 graphemes. */
type Splitter = {
  readonly name: string;
  /** What is done to the pieces first: ours shows a URL longer than a post shortened. */
  readonly prepare?: (piece: Piece) => Piece;
  readonly split: (pieces: readonly Piece[]) => string[];
};

const { write } = makeBlueskyTraits({ languages: ['en'] });
const SPLITTERS: readonly Splitter[] = [
  {
    name: 'paperboy',
    prepare: (piece) => ({ ...piece, prose: write(piece.prose) }),
    split: (pieces) => splitThread(pieces, BLUESKY_LIMITS).map(({ text }) => text),
  },
  {
    name: '@skyware/bot',
    split: (pieces) => splitWithSkyware(joinPieces(pieces).text, MOST_GRAPHEMES),
  },
  {
    name: 'greedy sentences',
    split: (pieces) =>
      splitGreedily(
        pieces.map(({ prose }) => prose.text),
        MOST_GRAPHEMES,
      ),
  },
];

/** How a splitter cuts papers. */
export type Cutting = {
  readonly splitter: string;
  readonly judgement: Judgement;
  readonly papersPerSecond: number;
};

/** Title and paragraphs of papers, without a counter, through every splitter. */
export function measureCutting(items: readonly PaperItem[]): Cutting[] {
  const makePieces = ({ paper }: PaperItem): Piece[] => [
    makePiece(plainProse(paper.title), '\n\n', true),
    ...makeBodyPieces(paper.body.filter(({ kind }) => kind === 'paragraph')),
  ];
  return SPLITTERS.map(({ name, prepare = (piece) => piece, split }) => {
    const run = (item: PaperItem): { pieces: Piece[]; posts: string[] } => {
      const pieces = makePieces(item).map(prepare);
      return { pieces, posts: split(pieces) };
    };
    const judged = items.map(run).map(({ pieces, posts }) => judgeCuts(pieces, posts));
    const ms = timeWarm(() => items.map(run));
    return {
      splitter: name,
      judgement: judged.reduce(addJudgements),
      papersPerSecond: (items.length / ms) * 1000,
    };
  });
}

function addJudgements(a: Judgement, b: Judgement): Judgement {
  return {
    posts: a.posts + b.posts,
    cuts: a.cuts + b.cuts,
    atSentenceEnd: a.atSentenceEnd + b.atSentenceEnd,
    atParagraphEnd: a.atParagraphEnd + b.atParagraphEnd,
    insideWord: a.insideWord + b.insideWord,
    fill: a.fill + b.fill,
    postsOver: a.postsOver + b.postsOver,
    spansCut: a.spansCut + b.spansCut,
    headingsAlone: a.headingsAlone + b.headingsAlone,
    isWhole: a.isWhole && b.isWhole,
  };
}

const LONG_URL = `https://papers.example.org/${'a-long-path/'.repeat(40)}`.slice(0, 400);
const HARD: Readonly<Record<string, string>> = {
  '900 Han characters': '我们提出一种新的训练方法使模型更小更快'.repeat(60).slice(0, 900),
  '200 family emoji': '👨‍👩‍👧‍👦'.repeat(200),
  'a 400-character URL': `Its code is open to all at ${LONG_URL} and runs on a laptop.`,
  decimals: Array.from(
    { length: 40 },
    (_, n) => `Version ${n}.${n + 3} needs ${(n * 0.73).toFixed(2)} GB and 1.${n} million tokens.`,
  ).join(' '),
};

/** What becomes of one text that is hard to cut, by splitter. */
export type HardCutting = {
  readonly text: string;
  readonly judgements: readonly { readonly splitter: string; readonly judgement: Judgement }[];
};

/** Hard texts, each a paragraph, through every splitter. */
export function cutHardTexts(): HardCutting[] {
  return Object.entries(HARD).map(([name, text]) => ({
    text: name,
    judgements: SPLITTERS.map(({ name: splitter, prepare = (piece) => piece, split }) => {
      const body: Block[] = [{ kind: 'paragraph', text }];
      const pieces = makeBodyPieces(body).map(prepare);
      return { splitter, judgement: judgeCuts(pieces, split(pieces)) };
    }),
  }));
}
