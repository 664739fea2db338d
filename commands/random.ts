import { findHashed, findName, hashName, type Name } from '../src/desk/list-topics.ts';
import { pickRandom } from '../src/desk/random-paper.ts';
import type { Ask, Choice, Command, Press, Pressed, Reply } from './command.ts';
import { makeButton, makeRow } from './parts/controls.ts';
import { defineCommand, defineSwitch, defineText } from './parts/define.ts';
import { fitLine } from './parts/line.ts';
import { makePaperBody } from './parts/paper-card.ts';
import { isPrivate, type ReplyBody, say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';
import { suggestNameChoices } from './parts/suggest.ts';

const SHOWN_MOST = 60;

/** `/random`: a paper by chance, on a topic if one is named. */
export default {
  definition: defineCommand('random', [
    defineText('topic', { autocomplete: true, max_length: 100 }),
    defineSwitch('private'),
  ]),
  async answer(ask: Ask): Promise<Reply> {
    const { words } = speak(ask);
    const { topic: asked } = ask.options;
    const topic = asked === undefined ? undefined : findName(ask.desk, 'topic', String(asked));
    if (asked !== undefined && topic === undefined) {
      return say(words.noTopic(fitLine(String(asked), SHOWN_MOST)));
    }
    const body = await makeRandomBody(ask, topic);
    return body === undefined ? say(words.noIssue) : { body, isPrivate: isPrivate(ask) };
  },
  suggest: async (ask: Ask, { value }: { readonly value: string }): Promise<Choice[]> =>
    suggestNameChoices(ask, 'topic', value),
  press,
} satisfies Command;

/** "r" draws again, "r⟨topic⟩" on that topic; for another member, a card of their own. */
async function press(ask: Ask, { state, isOwn }: Press): Promise<Pressed | undefined> {
  const [, hash] = /^r([\w-]{5})?$/.exec(state) ?? [];
  if (!state.startsWith('r') || (state !== 'r' && hash === undefined)) return undefined;
  const topic = hash === undefined ? undefined : findHashed(ask.desk, 'topic', hash);
  if (hash !== undefined && topic === undefined) return undefined;
  const body = await makeRandomBody(ask, topic);
  if (body === undefined) return { ...say(speak(ask).words.noIssue), isNew: true };
  return { body, isPrivate: true, isNew: !isOwn };
}

async function makeRandomBody(ask: Ask, topic: Name | undefined): Promise<ReplyBody | undefined> {
  const item = await pickRandom(ask.desk, topic?.key);
  if (item === undefined) return undefined;
  const state = topic === undefined ? 'r' : `r${hashName(topic.key)}`;
  const again = makeButton('random', state, { label: speak(ask).words.another, emoji: '🎲' });
  return makePaperBody(ask, item, [makeRow([again])]);
}
