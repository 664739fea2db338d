import { findLatest } from '../src/desk/find-issue.ts';
import type { Ask, Command, Reply } from './command.ts';
import { defineCommand, defineSwitch } from './parts/define.ts';
import { makeIssueBody } from './parts/issue-card.ts';
import { isPrivate, say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';

/** `/latest`: the digest of the newest issue. Its buttons belong to /issue, /news and /paper. */
export default {
  definition: defineCommand('latest', [defineSwitch('private')]),
  async answer(ask: Ask): Promise<Reply> {
    const issue = await findLatest(ask.desk);
    if (issue === undefined) return say(speak(ask).words.noIssue);
    return { body: await makeIssueBody(ask, issue), isPrivate: isPrivate(ask) };
  },
} satisfies Command;
