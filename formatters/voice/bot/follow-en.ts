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
  goesOn: 'It goes on',
  unchanged: 'Followed already',
  title: 'What is followed',
  everything: 'Everything',
  stopOne: 'Stop following …',
  here: 'this channel',
  directMessage: 'direct message',

  each: 'each paper by itself',
  weekly: 'a digest of every issue',
  news: 'the news of every issue',
  fromNextIssue: 'It begins with the next issue; nothing older is posted.',
  newestComes: 'What was paused goes on: of what came out meanwhile, the newest issue comes now.',
  nothingChanged: 'Nothing changed.',
  whatChanged: (parts) => `What changed: ${parts}.`,
  parts: { how: 'how it comes', role: 'the role' },
  dropRole: 'To ping nobody any more, end it with /unfollow and follow again.',
  inLanguage: (language) => `The fixed words of its posts are in ${language}.`,
  pings: (role) =>
    `The first post of an issue pings ${role}: for that, the role has to allow that anyone mentions it, or the bot needs the permission Mention Everyone.`,
  elsewhere: (channelId) => `channel ${channelId}`,
  trouble: {
    rights:
      'I may not post there. I need View Channel, Send Messages, Send Messages in Threads, Embed Links and Read Message History',
    unseen: 'I am not in that server any more, or lack the permission View Channel there',
    gone: 'there is no such channel any more',
    direct: 'your direct messages are closed to me',
    other: 'Discord takes none of my posts there',
  },
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
  forumElsewhere:
    'A forum is where it comes to, so it goes with where: a forum. Leave out one of the two.',
  notInServer:
    'I am not in this server yet, so I can’t post here. Who manages it can add me to it; then /follow again.',
  closed:
    'Your direct messages are closed to me. Allow them in your privacy settings, or in those of a server that we share; then /follow again.',
  lacksRights: (rights) =>
    `I can’t post in this channel yet. Give me ${rights} here; then /follow again.`,
  rights: {
    view: 'View Channel',
    send: 'Send Messages',
    sendInThreads: 'Send Messages in Threads',
    embed: 'Embed Links',
    history: 'Read Message History',
  },
  several: (asked) => `“${asked}” may mean several of these. Choose one below.`,
  everybody: 'That role is everybody, and everybody is not pinged. Choose another one.',
  newsHaveNoTopics: 'News have no topics. Follow them with /follow everything.',
  unavailable: 'Nothing can be followed at the moment, as nothing is delivered from here.',
  fullServer: (most) =>
    `This server follows as much as it can: ${most}. End something with /unfollow first.`,
  fullMember: (most) =>
    `You follow as much as you can by direct message: ${most}. End something with /unfollow first.`,
};
