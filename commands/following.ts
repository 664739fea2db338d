import type { Ask, Command, Press, Pressed, Reply } from './command.ts';
import { defineCommand } from './parts/define.ts';
import { makeFollowsBody, readFollowingDesk } from './parts/follow-list.ts';
import { say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';

/** `/following`: what is followed in this server, for who may manage it, and by the asker. */
export default {
  definition: defineCommand('following'),
  isPrivate: true,
  answer: (ask: Ask): Promise<Reply> => show(ask, 1),
  async press(ask: Ask, { state }: Press): Promise<Pressed | undefined> {
    const [, page] = /^[<=>](\d{1,3})$/.exec(state) ?? [];
    return page === undefined ? undefined : show(ask, Number(page));
  },
} satisfies Command;

async function show(ask: Ask, page: number): Promise<Reply> {
  const { words } = speak(ask);
  const desk = readFollowingDesk(ask);
  if (desk === undefined) return say(words.follow.unavailable);
  const body = await makeFollowsBody(ask, desk, page);
  return body === undefined ? say(words.follow.none) : { body, isPrivate: true };
}
