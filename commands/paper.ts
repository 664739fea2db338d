import { readIssue } from '../src/desk/browse-issues.ts';
import { parsePlace, readPaper } from '../src/desk/find-paper.ts';
import type { Ask, Choice, Command, Press, Pressed, Reply } from './command.ts';
import { defineCommand, defineSwitch, defineText } from './parts/define.ts';
import { makeNewsBody } from './parts/issue-card.ts';
import { fitTitle } from './parts/line.ts';
import { makeMatchMenu, makePaperBody, makeSiblingMenu, matchAll } from './parts/paper-card.ts';
import { isPrivate, say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';
import { fitChoice } from './parts/suggest.ts';

/** The longest value of a suggestion. */
const QUERY_MOST = 100;
const SHOWN_MOST = 60;

/** `/paper query`: the best match as a card, with a menu of the other matches. */
export default {
  definition: defineCommand('paper', [
    defineText('query', {
      required: true,
      autocomplete: true,
      min_length: 1,
      max_length: QUERY_MOST,
    }),
    defineSwitch('private'),
  ]),
  answer,
  suggest,
  press,
} satisfies Command;

async function answer(ask: Ask): Promise<Reply> {
  const { words } = speak(ask);
  const query = String(ask.options.query ?? '');
  const place = query.startsWith('p:') ? parsePlace(query) : undefined;
  if (place !== undefined) {
    const item = await readPaper(ask.desk, place);
    if (item === undefined) return say(words.gone(place.issue));
    return {
      body: makePaperBody(ask, item, [makeSiblingMenu(ask, item)]),
      isPrivate: isPrivate(ask),
    };
  }
  const found = matchAll(ask, query);
  const [best] = found.hits;
  const paper = best === undefined ? undefined : await readPaper(ask.desk, best);
  if (paper === undefined) {
    if ((await ask.desk.archive.listRevisions()).length === 0) return say(words.noIssue);
    const near = found.near.map((name) => fitTitle(name, SHOWN_MOST)).join(' · ');
    const asked = query.replace(/^[ptoa]:/, '').trim();
    const shown = asked === '' ? '' : fitTitle(asked, SHOWN_MOST);
    return say(words.nothingFound(shown, []), ...(near === '' ? [] : [words.near(near)]));
  }
  return {
    body: makePaperBody(ask, paper, [makeMatchMenu(ask, query, found, paper)]),
    isPrivate: isPrivate(ask),
  };
}

async function suggest(ask: Ask, { value }: { readonly value: string }): Promise<Choice[]> {
  const { words } = speak(ask);
  return ask.desk.search.suggest(value).map((suggestion) => {
    const { kind, label, issue, count } = suggestion;
    const ending =
      kind === 'paper' ? `#${issue}` : `${words.kinds[kind]}, ${words.countPapers(count)}`;
    return { name: fitChoice(label, ending), value: suggestion.value };
  });
}

/**
 * What was chosen in a menu: "o" opens it for who chose; "m⟨query⟩" and "i⟨issue⟩" show it in place
 * of the paper that stands there, with the same menu, unless that is another member's.
 */
async function press(ask: Ask, { state, values, isOwn }: Press): Promise<Pressed | undefined> {
  const { words } = speak(ask);
  const [value = ''] = values;
  const newsOf = /^n:(\d{1,6})\//.exec(value)?.[1];
  if (newsOf !== undefined) {
    const issue = await readIssue(ask.desk, { from: Number(newsOf), to: 'itself' });
    if (issue === undefined) return { ...say(words.gone(Number(newsOf))), isNew: true };
    return { body: await makeNewsBody(ask, issue), isPrivate: true, isNew: true };
  }
  const place = parsePlace(value);
  if (place === undefined) return undefined;
  const item = await readPaper(ask.desk, place);
  if (item === undefined) return { ...say(words.gone(place.issue)), isNew: true };
  const query = /^m(.*)$/s.exec(state)?.[1];
  if (query === undefined && !/^(?:o|i\d{1,6})$/.test(state)) return undefined;
  const menu =
    query === undefined
      ? makeSiblingMenu(ask, item)
      : makeMatchMenu(ask, query, matchAll(ask, query), item);
  return {
    body: makePaperBody(ask, item, [menu]),
    isPrivate: true,
    isNew: state === 'o' || !isOwn,
  };
}
