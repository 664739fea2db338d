import { readIssue } from '../src/desk/browse-issues.ts';
import { catchUp, listMissed } from '../src/desk/catch-up.ts';
import type { Ask, Command, Press, Pressed, Reply } from './command.ts';
import { makeMenu, makePager } from './parts/controls.ts';
import { defineCommand, defineSwitch } from './parts/define.ts';
import { makeTextEmbed } from './parts/embeds.ts';
import { listEntry, writeHit } from './parts/hits.ts';
import { makeIssueBody } from './parts/issue-card.ts';
import { isPrivate, makeBody, type ReplyBody, say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';

const PAGE_SIZE = 8;

/** `/catchup`: the papers that came out since the member last asked. */
export default {
  definition: defineCommand('catchup', [defineSwitch('private')]),
  isPrivate: true,
  answer,
  press,
} satisfies Command;

async function answer(ask: Ask): Promise<Reply> {
  const { words } = speak(ask);
  const missed = await catchUp(ask.desk, ask.asker.userId);
  const show = (body: ReplyBody): Reply => ({ body, isPrivate: isPrivate(ask, true) });
  switch (missed.kind) {
    case 'empty':
      return say(words.noIssue);
    case 'nothing':
      return say(words.upToDate(missed.newest));
    case 'first':
      return openIssue(missed.newest, words.firstCatchUp);
    case 'missed':
      if (missed.from === missed.to)
        return openIssue(missed.to, words.missed(missed.to, missed.to));
      return show(makeMissedBody(ask, missed, 1));
  }

  async function openIssue(number: number, content: string): Promise<Reply> {
    const issue = await readIssue(ask.desk, { from: number, to: 'itself' });
    return issue === undefined
      ? say(words.noIssue)
      : show(await makeIssueBody(ask, issue, content));
  }
}

/** The state has the range itself: what was missed then is shown, also when more has come since. */
async function press(ask: Ask, { state, isOwn }: Press): Promise<Pressed | undefined> {
  const [, page, from, to] = /^[<=>](\d{1,5})\.(\d{1,6})\.(\d{1,6})$/.exec(state) ?? [];
  if (page === undefined) return undefined;
  const range = { from: Number(from), to: Number(to) };
  return { body: makeMissedBody(ask, range, Number(page)), isPrivate: true, isNew: !isOwn };
}

function makeMissedBody(
  ask: Ask,
  { from, to }: { readonly from: number; readonly to: number },
  asked: number,
): ReplyBody {
  const speech = speak(ask);
  const { words } = speech;
  const page = listMissed(ask.desk, { from, to }, asked, PAGE_SIZE);
  const lines = page.entries.map((hit, n) => writeHit(hit, page.before + n + 1, speech, false));
  const footer = [
    words.countPapers(page.total),
    ...(page.pages > 1 ? [words.pageOf(page.page, page.pages)] : []),
  ];
  return makeBody(
    [makeTextEmbed(words.missed(from, to), lines, footer.join(' · '))],
    [
      makeMenu(
        'paper',
        'o',
        words.openPaper,
        page.entries.map((hit) => listEntry(hit, speech)),
      ),
      makePager('catchup', words, page, (number) => `${number}.${from}.${to}`),
    ],
  );
}
