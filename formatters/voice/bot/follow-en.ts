import type { FollowVoice } from './follow-voice.ts';

/** English. */
export const followEn: FollowVoice = {
  subcommands: {
    topic: { name: 'topic', description: 'Get what is new on a topic' },
    everything: { name: 'everything', description: 'Get all of every new issue' },
  },
  where: { here: 'this channel', forum: 'a forum', direct: 'direct message' },
  what: { papers: 'papers', digests: 'digests', news: 'news' },
  how: { each: 'each by itself', weekly: 'one digest an issue' },

  followed: 'Following',
  changed: 'Changed',
  title: 'What is followed',
  everything: 'Everything',
  stopOne: 'Stop following …',
  here: 'this channel',
  elsewhere: 'another channel',
  directMessage: 'direct message',

  each: 'each paper by itself',
  weekly: 'a digest of every issue',
  news: 'the news of every issue',
  fromNextIssue: 'It begins with the next issue; nothing older is posted.',
  pings: (role) =>
    `The first post of an issue pings ${role}: for that, the role has to allow that anyone mentions it, or the bot needs the permission Mention Everyone.`,
  paused: (reason) => `Paused: ${reason}.`,
  howToResume: 'Once that is put right, the same /follow again makes it go on.',
  stopped: (channel, reason) =>
    `I can’t post in ${channel} any more, so what you follow there is paused: ${reason}. Once that is put right, the same /follow again makes it go on; /unfollow ends it. I won’t remind you of it.`,
  ended: (what) => `That is over: ${what}. What has been posted stays.`,

  none: 'Nothing is followed here yet. Begin with /follow.',
  gone: 'That is not followed any more, or is not yours to end.',
  notAllowed:
    'Only who may manage this server can set up its channels. By direct message you can follow for yourself: where: direct message.',
  noServer: 'That needs a server. Here you can follow by direct message, which pings nobody.',
  noForum: 'Which forum? Name it in the option forum.',
  everybody: 'That role is everybody, and everybody is not pinged. Choose another one.',
  newsHaveNoTopics: 'News have no topics. Follow them with /follow everything.',
  unavailable: 'Nothing can be followed at the moment, as nothing is delivered from here.',
  fullServer: (most) =>
    `This server follows as much as it can: ${most}. End something with /unfollow first.`,
  fullMember: (most) =>
    `You follow as much as you can by direct message: ${most}. End something with /unfollow first.`,
};
