import { suggestIssues } from '../../src/desk/browse-issues.ts';
import { type NameKind, suggestNames } from '../../src/desk/list-topics.ts';
import type { Ask, Choice } from '../command.ts';
import { fitLine, fitTitle } from './line.ts';
import { speak } from './speak.ts';

/** https://discord.com/developers/docs/interactions/application-commands#autocomplete */
export const CHOICES_MOST = 25;
const NAME_MOST = 100;

/** A name of at most 100 characters, of which the end is kept whole. */
export function fitChoice(title: string, ending: string): string {
  const end = fitLine(ending, NAME_MOST / 2);
  return `${fitTitle(title, NAME_MOST - end.length - 3)} · ${end}`;
}

/** Issues whose number begins as typed, the newest first. */
export async function suggestIssueNumbers(ask: Ask, typed: string): Promise<Choice[]> {
  const { voice } = speak(ask);
  const issues = await suggestIssues(ask.desk, typed, CHOICES_MOST);
  return issues.map(({ number, title, period }) => ({
    name: fitChoice(`#${number} ${title}`, voice.formatPeriod(period)),
    value: number,
  }));
}

/** Topics or organizations that begin as typed, with how many papers they have. */
export function suggestNameChoices(ask: Ask, kind: NameKind, typed: string): Choice[] {
  const { words } = speak(ask);
  return suggestNames(ask.desk, kind, typed, CHOICES_MOST).map(({ key, label, count }) => ({
    name: fitChoice(label, words.countPapers(count)),
    value: key.length <= NAME_MOST ? key : fitLine(label, NAME_MOST),
  }));
}
