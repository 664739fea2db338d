import { escapeDiscord } from '../formatters/text/discord-markdown.ts';
import type { FollowingDesk } from '../src/desk/follow.ts';
import { listFollows } from '../src/desk/list-follows.ts';
import { unfollow } from '../src/desk/unfollow.ts';
import type { Ask, Choice, Command, Press, Pressed, Reply } from './command.ts';
import { defineCommand, defineText } from './parts/define.ts';
import {
  makeFollowsBody,
  nameFollow,
  readFollowingDesk,
  tellPlace,
  tellWhat,
} from './parts/follow-list.ts';
import { say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';
import { CHOICES_MOST, fitChoice } from './parts/suggest.ts';

/** `/unfollow`: ends what is named, or shows what there is to end. */
export default {
  definition: defineCommand('unfollow', [
    defineText('follow', { autocomplete: true, max_length: 100 }),
  ]),
  isPrivate: true,
  async answer(ask: Ask): Promise<Reply> {
    const { words } = speak(ask);
    const desk = readFollowingDesk(ask);
    if (desk === undefined) return say(words.follow.unavailable);
    const { follow: id } = ask.options;
    if (id !== undefined) return say(await end(ask, desk, String(id)));
    const body = await makeFollowsBody(ask, desk, 1);
    return body === undefined ? say(words.follow.none) : { body, isPrivate: true };
  },
  suggest,
  press,
} satisfies Command;

async function suggest(ask: Ask, { value }: { readonly value: string }): Promise<Choice[]> {
  const { words } = speak(ask);
  const desk = readFollowingDesk(ask);
  if (desk === undefined) return [];
  const typed = value.trim().toLowerCase();
  return (await listFollows(desk, ask.asker))
    .filter((one) => nameFollow(one, words).toLowerCase().includes(typed))
    .slice(0, CHOICES_MOST)
    .map((one) => {
      const ending = `${tellWhat(one, words)}, ${tellPlace(one, words, ask)}`;
      return { name: fitChoice(nameFollow(one, words), ending), value: one.id };
    });
}

/** "u⟨page⟩" is the menu of a list: what was chosen is ended, and the list shows what is left. */
async function press(ask: Ask, { state, values }: Press): Promise<Pressed | undefined> {
  const { words } = speak(ask);
  const [, page] = /^u(\d{1,3})$/.exec(state) ?? [];
  const [id] = values;
  if (page === undefined || id === undefined) return undefined;
  const desk = readFollowingDesk(ask);
  if (desk === undefined) return { ...say(words.follow.unavailable), isNew: true };
  const told = await end(ask, desk, id);
  const body = await makeFollowsBody(ask, desk, Number(page), escapeDiscord(told));
  return body === undefined ? say(told) : { body, isPrivate: true };
}

/** Ends a follow; the sentence that tells of it. */
async function end(ask: Ask, desk: FollowingDesk, id: string): Promise<string> {
  const { words } = speak(ask);
  const ended = await unfollow(desk, ask.asker, id);
  if (ended.kind === 'unknown') return words.follow.gone;
  const { follow } = ended;
  return words.follow.ended(`${nameFollow(follow, words)}, ${tellWhat(follow, words)}`);
}
