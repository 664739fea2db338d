import type { DecisionVerb, EditorVoice } from './editor-voice.ts';

const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

const VERBS: { readonly [Verb in DecisionVerb]: string } = {
  approve: 'approved',
  hold: 'held',
  release: 'released',
  arrange: 'put in order',
  edit: 'edited',
  post: 'posted',
  correct: 'corrected',
};

/** English. */
export const editorEn: EditorVoice = {
  commands: {
    post: { name: 'post', description: 'Post a paper, the digest or the news, now or at a time' },
    preview: { name: 'preview', description: 'See a draft exactly as it will be posted' },
    queue: {
      name: 'queue',
      description: 'What goes out in the coming four weeks, what waits, and what is held',
    },
    approve: {
      name: 'approve',
      description: 'All that can be decided about an issue; or approve one item of it',
    },
    hold: { name: 'hold', description: 'Keep an item from going out, or release it' },
    retract: { name: 'retract', description: 'Take back what was posted' },
    correct: { name: 'correct', description: 'Put the newest words in place of what was posted' },
    status: { name: 'status', description: 'How things stand, and what needs a person' },
  },
  options: {
    issue: { name: 'issue', description: 'The number of the issue' },
    item: { name: 'item', description: 'A paper, the digest or the news' },
    to: { name: 'to', description: 'One destination alone' },
    at: {
      name: 'at',
      description: 'When, in the schedule’s time zone: 09:00, or 2026-11-23 09:00; now without it',
    },
    release: { name: 'release', description: 'Release it rather than hold it' },
    how: { name: 'how', description: 'How, where a destination leaves a choice' },
    words: { name: 'words', description: 'What an answer says' },
  },
  how: {
    edit: 'change the posts in place',
    repost: 'delete the thread and post it anew',
    reply: 'leave it, and answer it',
  },

  refused:
    'That is for the editors of the newsletter, in their own server: members with one of the roles that are set up for it. Ask one of them, or who runs Paperboy.',
  unconfigured: 'No editors are set up here at the moment. Who runs Paperboy can name them.',
  gone: 'That is not in the archive any more.',
  placeGone: 'That destination is not configured any more. Nothing was done.',
  slowForm: 'That took too long for Discord to open the form. Press it once more.',
  changed: (number, revision) =>
    `#${number} has been changed since: this is revision ${revision}. Nothing was decided. Look at it as it is now, and decide again.`,
  whatChanged: (names) => `Other words since then: ${names}`,

  boardTitle: (number, title) => `Issue #${number}: ${title}`,
  findings: (warnings, notes) =>
    `🔎 ${count(warnings, 'doubt', 'doubts')} and ${count(notes, 'note', 'notes')} from the import.`,
  atLine: (line) => `line ${line}`,
  noFindings: '🔎 The import found nothing to doubt.',
  asksAlways: '✋ Nothing goes out by itself until an editor approves it.',
  asksNever: '▶️ It goes out by itself at these times. What you hold does not.',
  asksUntil: (when) => `⏳ What nobody decides about is approved by itself ${when}.`,
  asksFor: (hours) =>
    `⏳ What nobody decides about is approved by itself after ${count(hours, 'hour', 'hours')} of silence.`,
  allDecided: '✅ All is decided.',
  allHeld: '⏸️ All is held; nothing goes out.',
  allSent: '🏁 All is out.',
  closed: '💤 This message is kept up to date no more. See /status and /queue.',
  superseded: (number, revision) =>
    `#${number} has been corrected: there is revision ${revision}, with words that nobody has approved. A newer message asks about it.`,
  more: (n) => `… and ${n} more`,
  nothingPlanned: 'no time yet',
  noSlot: 'has no slot',
  queuedBefore: (when) => `queued before, goes out at ${when}`,
  lastDecision: (verb, who) =>
    verb === undefined ? `Last: ${who}` : `Last: ${VERBS[verb]} by ${who}`,
  silence: (hours) => `${count(hours, 'hour', 'hours')} of silence`,

  waits: '🟡 waits for approval',
  ready: '🟢 goes out by itself',
  approvedBy: (who, when) => `✅ approved by ${who}, ${when}`,
  heldBy: (who, when) => `⏸️ held by ${who}, ${when}`,
  digest: 'Digest',
  news: 'News',

  state: {
    sent: 'sent',
    held: 'held',
    underWay: 'on its way',
    refused: 'refused, needs a person',
    cancelled: 'cancelled',
    retracted: 'taken back',
  },
  ifApproved: 'if approved',
  orThen: (when = 'later') => `or ${when} if what waits before it is approved by then`,
  makesUp: 'makes up for missed slots',
  isPaused: 'once the place is no longer paused',

  approveAll: 'Approve all',
  holdAll: 'Hold all',
  releaseAll: 'Release all',
  showAll: (n) => `All ${n} items`,
  showFindings: (n) => (n === 1 ? 'What the import noticed' : `All ${n} findings`),
  reorder: 'Reorder',
  look: 'Look at a draft …',
  approve: 'Approve this',
  edit: 'Edit',
  hold: 'Hold',
  release: 'Release',
  postNow: 'Post now',
  yesPost: 'Yes, post it here',
  yesPostEverywhere: 'Yes, everywhere',
  yesRetract: 'Yes, take it back',
  yesCorrect: 'Yes, correct it',
  no: 'No',
  editAgain: 'Edit again',
  back: 'Back to the draft',
  choosePaper: 'Choose a paper to move …',
  first: 'First',
  earlier: 'Earlier',
  later: 'Later',
  posts: (from, to, of) => `posts ${from === to ? from : `${from} to ${to}`} of ${of}`,
  itemOf: (place, all) => `${place} of ${all}`,

  approvedNow: (n) => `✅ Approved: ${count(n, 'item', 'items')}.`,
  heldNow: (n) => `⏸️ Held: ${count(n, 'item', 'items')}.`,
  releasedNow: (n) => `▶️ Released: ${count(n, 'item', 'items')}.`,
  approvedBefore: (who, when) => `${who} was first: approved ${when}.`,
  heldBefore: (who, when) => `${who} was first: held ${when}.`,
  decidedSince: (name, said) => `${name}: ${said}`,
  wasHeld: (who, when) => `${who} had held it, ${when}: it is released by this.`,
  lookAgain:
    'That was since you saw it, and nothing was decided about it. Look at it as it is now.',
  stillHeld: (n, issue) =>
    `⏸️ ${count(n, 'item stays', 'items stay')} held. To let go on: /hold issue:${issue} release:True`,
  digestNames: (titles) => `⚠️ The digest still names ${titles}. Hold it as well, or edit it.`,
  dropped: (issue, titles) =>
    `⚠️ The rest of #${issue} is dropped by this (rest: drop), and has no slot any more: ${titles}.`,
  nothingToDecide: 'There was nothing left to decide.',
  askPost: (place) => `Post it now? On ${place} it goes out within moments.`,
  askPostApproves:
    'That approves it for every destination: at the others it goes out at its own time.',
  askPostHeld: (who, when) =>
    `⏸️ ${who} holds it, ${when}. To post it releases it for every destination.`,
  releaseFirst: (issue) =>
    `Nothing was done. Release it first: /hold issue:${issue} item:… release:True`,
  askRetract: (n) =>
    `Take back ${count(n, 'delivery', 'deliveries')}? Likes and replies go with the posts.`,
  askCorrect: (n) =>
    `Correct ${count(n, 'delivery', 'deliveries')}? This takes the place of what was posted:`,
  posted: {
    queued: 'goes out now',
    already: 'is there or on its way already; it is not posted twice',
    left: 'is left as somebody wanted it: held, cancelled or taken back',
  },
  dueAt: (when, wall) => `goes out ${when} (${wall})`,
  nothingToRetract: 'Nothing of it was posted, and nothing is queued.',
  nothingToCorrect: 'Nothing of it was posted, so there is nothing to correct.',

  editTitle: (places) => `Your words on ${places}`,
  editLabel: 'What is posted',
  editHint: 'A line of --- begins another post. Leave it empty for Paperboy’s own wording.',
  edited: (revision) => `✏️ Kept as revision ${revision}.`,
  editedBack: '✏️ It has Paperboy’s own wording again.',
  editSame: '✏️ It goes out in these words already. Nothing was kept.',
  ownWords: (places) => `✏️ In an editor’s own words, which are for: ${places}`,
  misfit: 'That does not fit, and nothing was kept:',
  editOvertaken:
    'The issue has been changed while you were writing, and nothing was kept. Compare, then send your words again.',
  yourWords: 'Your words are below.',
  tooLongForForm: (length, command) =>
    `It has ${length} characters, and a form on Discord takes 4000. At the command line: ${command}`,
  noOwnWords: 'Only papers and the digest have words of their own. Correct the news in the issue.',

  orderTitle: 'In this order',
  orderHint: 'It holds at every destination, whatever order the schedule has.',
  orderChanged: '↕️ Moved.',

  queueTitle: 'The coming four weeks',
  queueEmpty: 'Nothing is planned, and nothing waits.',
  noSlotFor: (count, issue, place) =>
    `⏭️ ${count} of #${issue} ${count === 1 ? 'finds' : 'find'} no slot on ${place} in the coming four weeks`,
  statusTitle: 'How things stand',
  nothingNeeds: '✅ Nothing needs a person.',
  needsPerson: 'Needs a person',
  paused: (place, reason) => `${place} is paused: ${reason}`,
  underWay: 'Under way',
  next: 'Next',
  sentLately: 'Sent lately',
  held: 'Held',
  waiting: 'Waits for approval',
};
