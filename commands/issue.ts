import { readIssue } from '../src/desk/browse-issues.ts';
import type { Ask, Choice, Command, Press, Pressed, Reply } from './command.ts';
import { defineCommand, defineIssue, defineSwitch } from './parts/define.ts';
import { makeIssueBody } from './parts/issue-card.ts';
import { sayNoIssue } from './parts/no-issue.ts';
import { isPrivate } from './parts/reply.ts';
import { pressStep } from './parts/steps.ts';
import { suggestIssueNumbers } from './parts/suggest.ts';

/** `/issue number`: the digest of an issue. */
export default {
  definition: defineCommand('issue', [
    defineIssue('number', { required: true, autocomplete: true }),
    defineSwitch('private'),
  ]),
  async answer(ask: Ask): Promise<Reply> {
    const number = Number(ask.options.number);
    const issue = await readIssue(ask.desk, { from: number, to: 'itself' });
    return issue === undefined
      ? sayNoIssue(ask, number)
      : { body: await makeIssueBody(ask, issue), isPrivate: isPrivate(ask) };
  },
  suggest: (ask: Ask, { value }: { readonly value: string }): Promise<Choice[]> =>
    suggestIssueNumbers(ask, value),
  press: (ask: Ask, press: Press): Promise<Pressed | undefined> =>
    pressStep(ask, press, (one, issue) => makeIssueBody(one, issue)),
} satisfies Command;
