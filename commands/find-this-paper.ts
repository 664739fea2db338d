import { findMentioned } from '../src/desk/find-paper.ts';
import type { Ask, Command, Reply } from './command.ts';
import { defineMessageCommand } from './parts/define.ts';
import { makePaperBody, makeSiblingMenu } from './parts/paper-card.ts';
import { say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';

/** Below this the card says that it may be another paper. */
const SURE = 0.8;

/** *Find this paper*, in the menu of a message: the paper that the message is about. */
export default {
  definition: defineMessageCommand('find-this-paper'),
  isPrivate: true,
  async findIn(ask: Ask, { content, urls }): Promise<Reply> {
    const { words } = speak(ask);
    const found = await findMentioned(ask.desk, [...urls, content].join('\n'));
    if (found === undefined) return say(words.noPaperInMessage);
    const { item, confidence } = found;
    const hint = confidence < SURE ? words.perhaps : '';
    return { body: makePaperBody(ask, item, [makeSiblingMenu(ask, item)], hint), isPrivate: true };
  },
} satisfies Command;
