import { type Cutting, cutHardTexts, measureCutting } from './cutting.ts';
import { measureGrowth, measureOneIssue, measurePlatforms } from './formatter-speed.ts';
import type { Judgement } from './judge-cuts.ts';
import { readRealIssues, readSamples } from './papers.ts';
import { formatTable } from './table.ts';

/** The formatters' part of the report: speed, how well they cut beside others, and growth. */
export function reportFormatters(note: (text: string) => void): string {
  const samples = readSamples();
  const real = readRealIssues();
  const issues = [...samples, ...real];
  const items = issues.flatMap((issue) => issue.items);
  const used = issues.map(({ name, items: of }) => `${name} (${of.length} papers)`).join(', ');
  const absent = real.length === 0 ? '; no real issues beside the project' : '';
  note('formatters: papers a second …');
  const platforms = measurePlatforms(items).map(({ platform, papersPerSecond }) => [
    platform,
    papersPerSecond.toFixed(0),
  ]);
  note('formatters: one issue …');
  const times = measureOneIssue(issues).map(({ what, issue, ms, least, most, targetMs }) => [
    what,
    `${ms.toFixed(1)} ms`,
    `${least.toFixed(1)} – ${most.toFixed(1)} ms`,
    issue,
    ...(targetMs === undefined ? [] : [`< ${targetMs} ms`, ms < targetMs ? 'met' : 'MISSED']),
  ]);
  note('formatters: cutting …');
  const groups = [
    { name: 'the real issues', of: real },
    { name: 'the samples', of: samples },
  ].filter(({ of }) => of.length > 0);
  const cuttings = groups.map(({ name, of }) => {
    const papers = of.flatMap((issue) => issue.items);
    return `${papers.length} papers of ${name}\n${formatCutting(measureCutting(papers))}`;
  });
  return [
    `FORMATTERS, with ${used}${absent}\n`,
    formatTable([['PLATFORM', 'PAPERS/S'], ...platforms]),
    formatTable([['ONE ISSUE, WARM', 'MEDIAN', 'RANGE', 'SLOWEST ISSUE', 'TARGET', ''], ...times]),
    `CUTTING title and paragraphs at 300 graphemes, no counter\n\n${cuttings.join('\n')}`,
    formatHardTexts(),
    formatGrowth(
      measureGrowth(
        samples.flatMap((issue) => issue.items),
        note,
      ),
    ),
  ].join('\n');
}

function formatCutting(cuttings: readonly Cutting[]): string {
  const header = [
    'SPLITTER',
    'POSTS',
    'AT SENTENCE END',
    'AT PARAGRAPH END',
    'MEAN FILL',
    'OVER LIMIT',
    'SPANS CUT',
    'INSIDE WORDS',
    'HEADINGS ALONE',
    'PAPERS/S',
  ];
  const rows = cuttings.map(({ splitter, judgement, papersPerSecond }) => [
    splitter,
    `${judgement.posts}`,
    share(judgement.atSentenceEnd, judgement.cuts),
    share(judgement.atParagraphEnd, judgement.cuts),
    (judgement.fill / judgement.posts).toFixed(2),
    `${judgement.postsOver}`,
    `${judgement.spansCut}`,
    `${judgement.insideWord}`,
    `${judgement.headingsAlone}`,
    papersPerSecond.toFixed(0),
  ]);
  return formatTable([header, ...rows]);
}

function formatHardTexts(): string {
  const texts = cutHardTexts();
  const splitters = texts[0]?.judgements.map(({ splitter }) => splitter) ?? [];
  const rows = texts.map(({ text, judgements }) => [
    text,
    ...judgements.map(({ judgement }) => describeHard(judgement)),
  ]);
  const table = formatTable([['HARD TEXT', ...splitters], ...rows]);
  return `${table}(paperboy shows a URL longer than a post shortened; the link on it is whole)\n`;
}

function describeHard({ posts, postsOver, spansCut, insideWord, isWhole }: Judgement): string {
  const wrong = [
    ...(postsOver > 0 ? [`posts over a limit: ${postsOver}`] : []),
    ...(spansCut > 0 ? [`spans cut: ${spansCut}`] : []),
    ...(insideWord > 0 ? [`cuts inside words: ${insideWord}`] : []),
    ...(isWhole ? [] : ['text lost']),
  ];
  const size = `${posts} ${posts === 1 ? 'post' : 'posts'}`;
  return [size, ...(wrong.length === 0 ? ['good'] : wrong)].join(', ');
}

function formatGrowth(growths: ReturnType<typeof measureGrowth>): string {
  const header = ['GROWTH, ms', '1 kB', '10 kB', '100 kB', '1 MB', 'EXPONENT'];
  const rows = growths.map(({ what, points, exponent }) => [
    what,
    ...[0, 1, 2, 3].map((k) => points[k]?.ms.toPrecision(3) ?? '–'),
    exponent.toFixed(2),
  ]);
  return formatTable([header, ...rows]);
}

function share(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((part / whole) * 100)} %`;
}
