import { readIssue } from '../src/desk/browse-issues.ts';
import { findLatest } from '../src/desk/find-issue.ts';
import type { Ask, Choice, Command, Press, Pressed, Reply } from './command.ts';
import { defineCommand, defineIssue, defineSwitch } from './parts/define.ts';
import { makeNewsBody } from './parts/issue-card.ts';
import { sayNoIssue } from './parts/no-issue.ts';
import { isPrivate } from './parts/reply.ts';
import { pressStep } from './parts/steps.ts';
import { suggestIssueNumbers } from './parts/suggest.ts';

/** `/news`: the industry news of the newest issue, or of the one that is named. */
export default {
  definition: defineCommand('news', [
    defineIssue('number', { autocomplete: true }),
    defineSwitch('private'),
  ]),
  async answer(ask: Ask): Promise<Reply> {
    const { number } = ask.options;
    const issue =
      number === undefined
        ? await findLatest(ask.desk)
        : await readIssue(ask.desk, { from: Number(number), to: 'itself' });
    return issue === undefined
      ? sayNoIssue(ask, Number(number))
      : { body: await makeNewsBody(ask, issue), isPrivate: isPrivate(ask) };
  },
  suggest: (ask: Ask, { value }: { readonly value: string }): Promise<Choice[]> =>
    suggestIssueNumbers(ask, value),
  press: (ask: Ask, press: Press): Promise<Pressed | undefined> =>
    pressStep(ask, press, makeNewsBody),
} satisfies Command;
