import { findNewest, readIssue } from '../src/desk/browse-issues.ts';
import type { Ask, Choice, Command, Press, Pressed, Reply } from './command.ts';
import { defineCommand, defineIssue, defineSwitch } from './parts/define.ts';
import { makeIssueBody } from './parts/issue-card.ts';
import { isPrivate, say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';
import { pressStep } from './parts/steps.ts';
import { suggestIssueNumbers } from './parts/suggest.ts';

/** `/issue number`: the digest of an issue. */
export default {
  definition: defineCommand('issue', [
    defineIssue('number', { required: true, autocomplete: true }),
    defineSwitch('private'),
  ]),
  async answer(ask: Ask): Promise<Reply> {
    const { words } = speak(ask);
    const number = Number(ask.options.number);
    const issue = await readIssue(ask.desk, { from: number, to: 'itself' });
    if (issue !== undefined) {
      return { body: await makeIssueBody(ask, issue), isPrivate: isPrivate(ask) };
    }
    const newest = await findNewest(ask.desk);
    return say(newest === undefined ? words.noIssue : words.noSuchIssue(number, newest));
  },
  suggest: (ask: Ask, { value }: { readonly value: string }): Promise<Choice[]> =>
    suggestIssueNumbers(ask, value),
  press: (ask: Ask, press: Press): Promise<Pressed | undefined> =>
    pressStep(ask, press, (one, issue) => makeIssueBody(one, issue)),
} satisfies Command;
