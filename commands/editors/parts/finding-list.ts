import type { APIButtonComponent } from 'discord-api-types/v10';
import type { BotVoice } from '../../../formatters/voice/bot/bot-voice.ts';
import type { ReviewedIssue } from '../../../src/desk/approval/review-issue.ts';
import { findPage } from '../../../src/desk/list-topics.ts';
import type { Finding } from '../../../src/issue/finding.ts';
import type { EditorAsk } from '../../command.ts';
import { makeButton, makePager } from '../../parts/controls.ts';
import { makeTextEmbed } from '../../parts/embeds.ts';
import { fitMarkdown } from '../../parts/line.ts';
import { makeBody, type ReplyBody } from '../../parts/reply.ts';
import { speak } from '../../parts/speak.ts';
import { writeMark } from './view-state.ts';

/** So many findings surely fit a card, whatever stands in them. */
const PAGE_SIZE = 6;
const PART_MOST = 300;
const MARKS: Readonly<Record<Finding['severity'], string>> = {
  error: '❌',
  warning: '⚠️',
  info: 'ℹ️',
};

/** The button that opens the list; none where the import noticed nothing. */
export function makeFindingsButton(
  { stored }: ReviewedIssue,
  { editor }: BotVoice,
): APIButtonComponent[] {
  const { issue, revision, findings } = stored;
  if (findings.length === 0) return [];
  const mark = writeMark({ issue: issue.number, revision });
  return [makeButton('preview', `f${mark}.1`, { label: editor.showFindings(findings.length) })];
}

/** What the import noticed, doubts first, each with what to do about it; page by page. */
export function makeFindingList(
  ask: EditorAsk,
  { stored }: ReviewedIssue,
  asked: number,
): ReplyBody {
  const { words } = speak(ask);
  const { issue, revision, findings } = stored;
  const mark = writeMark({ issue: issue.number, revision });
  const isNote = ({ severity }: Finding): boolean => severity === 'info';
  const sorted = [...findings.filter((one) => !isNote(one)), ...findings.filter(isNote)];
  const place = findPage(asked, sorted.length, PAGE_SIZE);
  const lines = sorted
    .slice(place.before, place.before + PAGE_SIZE)
    .map((finding) => writeFinding(finding, words));
  const said = sorted.length === 0 ? [words.editor.noFindings] : lines;
  const title = words.editor.boardTitle(issue.number, issue.title);
  return makeBody(
    [makeTextEmbed(title, said, `#${issue.number}`)],
    [makePager('preview', words, place, (page) => `f${mark}.${page}`)],
  );
}

function writeFinding({ severity, message, remedy, line }: Finding, { editor }: BotVoice): string {
  const where = line === undefined ? '' : ` (${editor.atLine(line)})`;
  const said = `${MARKS[severity]} ${fitMarkdown(message, PART_MOST)}${where}`;
  return severity === 'info' ? said : `${said}\n→ ${fitMarkdown(remedy, PART_MOST)}`;
}
