import { type Followed, follow, type Wish } from '../src/desk/follow.ts';
import { findName } from '../src/desk/list-topics.ts';
import type { Ask, Choice, Command, Reply } from './command.ts';
import { defineCommand, defineText } from './parts/define.ts';
import { defineChoice, defineForum, defineRole, defineSubcommand } from './parts/define-follow.ts';
import { makeTextEmbed } from './parts/embeds.ts';
import { readFollowingDesk, writeFollow } from './parts/follow-list.ts';
import { fitLine } from './parts/line.ts';
import { listMissingRights } from './parts/missing-rights.ts';
import { makeBody, say } from './parts/reply.ts';
import { speak } from './parts/speak.ts';
import { suggestNameChoices } from './parts/suggest.ts';

const SHOWN_MOST = 60;

const WHERE = ['here', 'forum', 'direct'] as const;
const HOW = ['each', 'weekly'] as const;
const where = defineChoice('where', WHERE, (voice) => voice.follow.where);
const how = defineChoice('how', HOW, (voice) => voice.follow.how);

/** `/follow`: what is new on a topic, or all of it, in a channel, a forum or a direct message. */
export default {
  definition: {
    ...defineCommand('follow'),
    options: [
      defineSubcommand('topic', [
        defineText('topic', { required: true, autocomplete: true, max_length: 100 }),
        where,
        defineForum('forum'),
        defineChoice('what', ['papers', 'digests'], (voice) => voice.follow.what),
        how,
        defineRole('role'),
      ]),
      defineSubcommand('everything', [
        where,
        defineForum('forum'),
        defineChoice('what', ['papers', 'digests', 'news'], (voice) => voice.follow.what),
        how,
        defineRole('role'),
      ]),
    ],
  },
  isPrivate: true,
  answer,
  suggest: async (ask: Ask, { value }: { readonly value: string }): Promise<Choice[]> =>
    suggestNameChoices(ask, 'topic', value),
} satisfies Command;

async function answer(ask: Ask): Promise<Reply> {
  const { words } = speak(ask);
  const desk = readFollowingDesk(ask);
  if (desk === undefined) return say(words.follow.unavailable);
  const wish = readWish(ask);
  if (typeof wish === 'string') return say(wish);
  const obstacle = findObstacle(ask, wish);
  if (obstacle !== undefined) return say(obstacle);
  const followed = await follow(desk, ask.asker, wish);
  switch (followed.kind) {
    case 'followed':
      return { body: makeConfirmation(ask, followed), isPrivate: true };
    case 'not allowed':
      return say(words.follow.notAllowed);
    case 'no server':
      return say(words.follow.noServer);
    case 'closed':
      return say(words.follow.closed);
    case 'everybody':
      return say(words.follow.everybody);
    case 'news have no topics':
      return say(words.follow.newsHaveNoTopics);
    case 'full':
      return say(
        followed.of === 'server'
          ? words.follow.fullServer(followed.most)
          : words.follow.fullMember(followed.most),
      );
  }
}

/** What the options ask for, or a sentence that says why nothing can be followed by them. */
function readWish(ask: Ask): Wish | string {
  const { asker, desk, options } = ask;
  const { words } = speak(ask);
  const asked = options.subcommand === 'topic' ? String(options.topic ?? '') : undefined;
  const found = asked === undefined ? undefined : findName(desk, 'topic', asked);
  if (asked !== undefined && found === undefined) return words.noTopic(fitLine(asked, SHOWN_MOST));
  const forum = options.forum === undefined ? undefined : String(options.forum);
  const usual = forum !== undefined ? 'forum' : asker.guildId === undefined ? 'direct' : 'here';
  const place = pick(WHERE, options.where) ?? usual;
  if (place === 'forum' && forum === undefined) return words.follow.noForum;
  if (place !== 'forum' && forum !== undefined) return words.follow.forumElsewhere;
  return {
    place: ({ here: 'channel', forum: 'forum', direct: 'dm' } as const)[place],
    channelId: place === 'forum' ? (forum ?? '') : asker.channelId,
    topic: found === undefined ? undefined : { key: found.key, label: found.label },
    what: pick(['papers', 'digests', 'news'], options.what) ?? 'papers',
    how: pick(HOW, options.how),
    roleId: options.role === undefined ? undefined : String(options.role),
    language: place === 'direct' ? speak(ask).voice.language : readGuildLanguage(ask),
  };
}

/** Others read along in a channel: its language is the server’s, whoever asks. */
function readGuildLanguage(ask: Ask): string {
  const { asker } = ask;
  return speak({ ...ask, asker: { ...asker, locale: asker.guildLocale ?? asker.locale } }).voice
    .language;
}

/**
 * Why nothing could be posted, told at once rather than by a pause at the next issue. What the bot
 * may do in another channel than this one, Discord does not tell here.
 */
function findObstacle(ask: Ask, { place }: Wish): string | undefined {
  const { asker } = ask;
  const { words, voice } = speak(ask);
  if (place === 'dm' || asker.guildId === undefined || !asker.mayManageServer) return undefined;
  if (asker.isBotInGuild === false) return words.follow.notInServer;
  const missing = place === 'channel' ? listMissingRights(asker) : [];
  if (missing.length === 0) return undefined;
  const rights = missing.map((right) => words.follow.rights[right]);
  return words.follow.lacksRights(new Intl.ListFormat(voice.language).format(rights));
}

function pick<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((one) => one === value);
}

function makeConfirmation(
  ask: Ask,
  { follow: made, isNew, isResumed, changed }: Extract<Followed, { kind: 'followed' }>,
): Reply['body'] {
  const { words, voice } = speak(ask);
  const { follow: told } = words;
  const isSame = !isNew && !isResumed && changed.length === 0;
  const title = isNew
    ? told.followed
    : isResumed
      ? told.goesOn
      : isSame
        ? told.unchanged
        : told.changed;
  const language = new Intl.DisplayNames(voice.language, { type: 'language' }).of(made.language);
  const parts = new Intl.ListFormat(voice.language).format(changed.map((one) => told.parts[one]));
  const paragraphs = [
    writeFollow(made, words),
    ...(isNew ? [told.fromNextIssue] : []),
    ...(isResumed ? [told.newestComes] : []),
    ...(changed.length > 0 ? [told.whatChanged(parts)] : []),
    ...(isSame ? [told.nothingChanged] : []),
    told.inLanguage(language ?? made.language),
    ...(made.roleId === undefined ? [] : [told.pings(`<@&${made.roleId}>`)]),
    ...(made.roleId === undefined || isNew ? [] : [told.dropRole]),
  ];
  return makeBody([makeTextEmbed(title, paragraphs, 'Paperboy')], []);
}
