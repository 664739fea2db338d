import { formatLikes, formatPeriod } from '../../formatters/text/labels.ts';
import { parseProse } from '../../formatters/text/prose.ts';
import { findIssue } from '../desk/find-issue.ts';
import type { Paper } from '../issue/schema.ts';
import type { CliContext, ExitCode } from './context.ts';
import type { Output } from './output.ts';
import { wrap } from './wrap.ts';

/** `paperboy show ISSUE` */
export async function runShow(
  { output, openReadingDesk }: CliContext,
  reference: string,
  options: { readonly json?: boolean },
): Promise<ExitCode> {
  const desk = await openReadingDesk();
  const { issue, revision, findings, isSample } = await findIssue(desk, reference);
  if (options.json) {
    output.json({ issue, revision, isSample, findings });
    return 0;
  }
  const { style } = output;
  output.line(style('bold', `#${issue.number} ${issue.title}`));
  if (issue.subtitle !== undefined) output.line(issue.subtitle);
  const notes = [
    formatPeriod(issue.period),
    ...(revision > 1 ? [`revision ${revision}`] : []),
    ...(isSample ? ['a sample that comes with Paperboy'] : []),
  ];
  output.line(style('dim', notes.join(' · ')));
  if (issue.news.length > 0) output.line(`\n${style('bold', 'News')}`);
  for (const { likes, text } of issue.news) {
    const heart = likes === undefined ? '' : `♥ ${formatLikes(likes)}`;
    output.line(wrap(`${heart.padEnd(7)} ${parseProse(text).text}`, '        '));
  }
  for (const [index, paper] of issue.papers.entries()) printPaper(output, index + 1, paper);
  for (const { title } of issue.promotions) {
    output.line(`\n${style('dim', `Promotion, never posted: ${title}`)}`);
  }
  return 0;
}

function printPaper({ line, style }: Output, position: number, paper: Paper): void {
  const labels = [
    ...(paper.byline.text === '' ? [] : [paper.byline.text]),
    ...(paper.likes === undefined ? [] : [`♥ ${formatLikes(paper.likes)}`]),
    ...paper.topics,
    ...(paper.pick ? [style('yellow', '⭐ Editor’s pick')] : []),
  ];
  line(`\n${style('bold', `${position}. ${paper.title}`)}`);
  line(style('dim', paper.slug));
  line(labels.join(' · '));
  for (const block of paper.body) {
    if (block.kind === 'figure') {
      const caption = block.caption === undefined ? 'no caption' : parseProse(block.caption).text;
      line(`\n${style('dim', wrap(`  [figure: ${caption}]`, '   '))}`);
    } else if (block.kind === 'list') {
      line();
      block.items.forEach((item, index) => {
        line(wrap(`  ${block.ordered ? `${index + 1}.` : '•'} ${parseProse(item).text}`, '    '));
      });
    } else {
      const { text } = parseProse(block.text);
      line(`\n${block.kind === 'heading' ? style('bold', text) : wrap(text, '')}`);
    }
  }
}
