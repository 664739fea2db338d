import { escapeDiscord } from '../formatters/text/discord-markdown.ts';
import type { Follow, FollowingDesk } from '../src/desk/follow.ts';
import { listFollows } from '../src/desk/list-follows.ts';
import { findName } from '../src/desk/list-topics.ts';
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
import { fitLine } from './parts/line.ts';
import { say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';
import { CHOICES_MOST, fitChoice } from './parts/suggest.ts';

const SHOWN_MOST = 60;

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
    const { follow: asked } = ask.options;
    if (asked !== undefined) return endNamed(ask, desk, String(asked));
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
  // The numbers are those of the list, and no two choices read alike: Discord refuses that.
  return (await listFollows(desk, ask.asker))
    .map((one, index) => ({ one, name: nameFollow(one, words), number: index + 1 }))
    .filter(({ name }) => name.toLowerCase().includes(typed))
    .slice(0, CHOICES_MOST)
    .map(({ one, name, number }) => {
      const ending = `${tellPlace(one, words, ask)}, ${tellWhat(one, words)}`;
      return { name: fitChoice(`${number}. ${name}`, ending), value: one.id };
    });
}

/** Ends what a suggestion stands for, or the one follow whose topic somebody wrote by hand. */
async function endNamed(ask: Ask, desk: FollowingDesk, asked: string): Promise<Reply> {
  const { words } = speak(ask);
  const [only, ...others] = findNamed(ask, await listFollows(desk, ask.asker), asked);
  if (others.length === 0) return say(await end(ask, desk, only?.id ?? asked));
  const told = escapeDiscord(words.follow.several(fitLine(asked, SHOWN_MOST)));
  const body = await makeFollowsBody(ask, desk, 1, told);
  return body === undefined ? say(words.follow.none) : { body, isPrivate: true };
}

function findNamed(ask: Ask, all: readonly Follow[], asked: string): readonly Follow[] {
  const { words } = speak(ask);
  const typed = asked.trim().toLowerCase();
  const key = findName(ask.desk, 'topic', asked)?.key;
  const byId = all.filter(({ id }) => id === asked);
  const named = all.filter(
    (one) =>
      (key !== undefined && one.topic?.key === key) ||
      nameFollow(one, words).toLowerCase() === typed,
  );
  const begun = all.filter((one) => nameFollow(one, words).toLowerCase().includes(typed));
  return [byId, named, begun].find((found) => found.length > 0) ?? [];
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
