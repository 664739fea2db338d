/** An event of the log: when it is written, and what to do, if anything. */
export type EventNote = {
  readonly level: 'info' | 'warn' | 'error';
  readonly when: string;
  readonly remedy?: string;
};

/**
 * Every event of the log. The source has but their names, so they are told here; a test compares
 * names and levels with it.
 */
export const events: Readonly<Record<string, EventNote>> = {
  'account.refused': {
    level: 'error',
    when: 'At the start: a platform refuses the credentials of a destination, which takes nothing until the next start.',
    remedy: 'Set them right (paperboy connect), and start again.',
  },
  'account.unreachable': {
    level: 'error',
    when: 'At the start: new credentials could not be tried, so the destination takes nothing until the next start.',
    remedy: 'Start again when the server can be reached.',
  },
  'approval.failed': {
    level: 'error',
    when: 'It could not be looked up whose silence is over. Tried again within a minute.',
    remedy: 'If it stays: paperboy doctor.',
  },
  'bot.cold': {
    level: 'warn',
    when: 'The first answers could not be made ready in advance; the first member waits a little longer.',
  },
  'bot.connection-failed': {
    level: 'warn',
    when: 'The connection to Discord failed. It is made again by itself.',
    remedy: 'If it stays: https://discordstatus.com, and the network of this machine.',
  },
  'bot.failed': {
    level: 'error',
    when: 'The client of Discord met a fault; it is made anew.',
    remedy: 'If it stays, report it with its reason.',
  },
  'bot.offline': {
    level: 'warn',
    when: 'The connection to Discord is lost; the next try is at `retryAt`.',
  },
  'bot.ready': { level: 'info', when: 'The bot is online.' },
  'bot.reconnecting': { level: 'warn', when: 'Discord has closed the connection; it is resumed.' },
  'bot.refused': {
    level: 'error',
    when: 'Discord will not have the bot: the token is wrong, or was made anew. Other accounts go on; without any, the process ends with 78.',
    remedy: 'paperboy connect discord, then start again.',
  },
  'bot.resumed': { level: 'info', when: 'The connection goes on where it was.' },
  'commands.failed': {
    level: 'warn',
    when: 'The slash commands could not be registered. Tried again by itself.',
  },
  'commands.registered': {
    level: 'info',
    when: 'The slash commands are registered; `code` says whether anything had changed.',
  },
  'delivery.failed': {
    level: 'error',
    when: 'The ledger could not be read or written. Tried again by itself; nothing is lost or sent twice.',
    remedy: 'Look at the disk: paperboy doctor.',
  },
  'delivery.overtaken': {
    level: 'warn',
    when: 'Another process had taken the delivery over meanwhile, as this one was silent for too long. Its word counts.',
  },
  'delivery.refused': {
    level: 'error',
    when: 'A platform refuses a delivery; it is not tried again by itself.',
    remedy: 'paperboy status says why and what to do.',
  },
  'delivery.retracted': { level: 'info', when: 'What was posted is taken back.' },
  'delivery.sent': { level: 'info', when: 'It is posted, and its receipt is stored.' },
  'delivery.unavailable': {
    level: 'warn',
    when: 'It was surely not sent; it is tried again at `retryAt`, for a day.',
  },
  'delivery.unknown': {
    level: 'warn',
    when: 'Nobody knows whether it was sent; it is looked up at `retryAt`, before anything is sent again.',
  },
  'destination.paused': {
    level: 'error',
    when: 'A destination takes nothing at all (credentials, a deleted channel); what is queued for it waits, in its order.',
    remedy: 'Set it right as paperboy status says, then: paperboy retry --to NAME.',
  },
  'editor.refused': {
    level: 'warn',
    when: 'Somebody who is no editor has used a command or a button of the editors, and was refused.',
    remedy: 'If they should be one: editors.roles or editors.users in paperboy.yaml.',
  },
  'editors.registered': {
    level: 'info',
    when: 'The editors’ commands are registered in their server.',
  },
  'editors.unregistered': {
    level: 'error',
    when: 'Discord does not take the editors’ commands in their server; the reason says why.',
    remedy: 'Invite the bot there with the address that paperboy connect discord prints.',
  },
  'feed.broken': {
    level: 'error',
    when: 'A feed could not be worked off for a reason that is not the feed’s. Tried again by itself.',
    remedy: 'If it stays: paperboy doctor, then report it with its reason.',
  },
  'feed.entry-rejected': {
    level: 'warn',
    when: 'An entry of a feed is not kept; `code` is the finding.',
    remedy: 'paperboy check ADDRESS shows all of it.',
  },
  'feed.entry-stub': {
    level: 'info',
    when: 'An entry of a feed has only the beginning of its issue.',
    remedy: 'Import the page or the mail of it.',
  },
  'feed.failed': {
    level: 'warn',
    when: 'A feed could not be fetched; the next try is at `retryAt`.',
    remedy: 'If it stays, open its address in a browser.',
  },
  'feed.issue-imported': { level: 'info', when: 'A new issue has come from a feed.' },
  'feed.issue-revised': {
    level: 'info',
    when: 'A feed has changed an issue, which is kept as its next revision.',
  },
  'follow.failed': {
    level: 'error',
    when: 'It could not be planned what followed channels get. Tried again within a minute.',
    remedy: 'If it stays: paperboy doctor.',
  },
  'follow.paused': {
    level: 'warn',
    when: 'A followed channel takes no messages; its follow is paused, and members are told when they next ask.',
  },
  'follow.planned': { level: 'info', when: 'Something is queued for a followed channel.' },
  'heartbeat.failed': {
    level: 'error',
    when: 'The sign of life could not be written into the data folder, so paperboy health takes the process for dead.',
    remedy: 'Free some space there, or give this user the right to write.',
  },
  'history.failed': {
    level: 'error',
    when: 'Old history could not be removed. Tried again in a day.',
    remedy: 'If it stays: paperboy doctor.',
  },
  'history.pruned': {
    level: 'info',
    when: 'History that is older than keep.historyDays is removed.',
  },
  'http.failed': {
    level: 'error',
    when: 'A page of health or metrics could not be written; the reason is here, and not in the answer.',
    remedy: 'paperboy doctor; if it finds nothing, report it with its reason.',
  },
  'image.left-out': {
    level: 'warn',
    when: 'An image could not be fetched or is of no use; the post goes out without it.',
  },
  'inbox.failed': {
    level: 'error',
    when: 'The inbox, or a file in it, could not be read or moved. Tried again by itself.',
    remedy: 'Give this user the right to write into sources.folder.',
  },
  'inbox.imported': { level: 'info', when: 'A file of the inbox is kept as an issue.' },
  'inbox.rejected': {
    level: 'warn',
    when: 'A file of the inbox is no issue as it stands; it lies in rejected/, its findings beside it.',
    remedy: 'Correct it and drop it in again.',
  },
  'interaction.answered': { level: 'info', when: 'A member was answered.' },
  'interaction.failed': {
    level: 'error',
    when: 'A member got a word of regret with `errorId`, as a command met a fault.',
    remedy: 'Report it with its reason.',
  },
  'interaction.late': {
    level: 'warn',
    when: 'An answer was ready after the three seconds that Discord gives.',
    remedy: 'If it is often so: is the machine too busy?',
  },
  'interaction.unanswered': {
    level: 'warn',
    when: 'Discord took neither an answer nor a word of regret.',
  },
  'issue.approved': {
    level: 'info',
    when: 'An issue is approved by its editors’ silence (approval: 12h).',
  },
  'issue.opened': {
    level: 'info',
    when: 'Nothing of an issue waits any more, though no editor has just decided: readers see it.',
  },
  'limits.unread': {
    level: 'warn',
    when: 'A Mastodon server did not say what it allows; what was known of it holds.',
  },
  'limits.unwritten': {
    level: 'warn',
    when: 'What a Mastodon server allows could not be kept; it is asked for again.',
  },
  'planner.active': { level: 'info', when: 'This process plans.' },
  'planner.failed': {
    level: 'error',
    when: 'It could not be told which process plans. Tried again within a minute.',
    remedy: 'If it stays: paperboy doctor.',
  },
  'planner.standby': {
    level: 'info',
    when: 'Another process plans; this one delivers, answers and serves.',
  },
  'process.stopping': {
    level: 'info',
    when: 'A signal has come: the post in hand is finished, within ten seconds.',
  },
  'proposal.announced': { level: 'info', when: 'The editors are asked about an issue.' },
  'proposal.deleted': {
    level: 'info',
    when: 'The message to the editors was deleted on Discord; it is not sent again.',
    remedy: 'Decide with /approve, or paperboy approve.',
  },
  'proposal.failed': {
    level: 'error',
    when: 'It could not be told what the editors are to be asked. Tried again within a minute.',
    remedy: 'If it stays: paperboy doctor.',
  },
  'proposal.refused': {
    level: 'error',
    when: 'The editors’ channel takes no message; the reason says what to do.',
    remedy:
      'Give the bot its rights there, or correct editors.channel. Meanwhile: paperboy approve.',
  },
  'proposal.unsent': {
    level: 'warn',
    when: 'The message to the editors could not be sent or changed. Tried again within a minute.',
  },
  'publisher.threw': {
    level: 'error',
    when: 'What posts to a platform met a fault of its own. The delivery counts as unknown, and is looked up.',
    remedy: 'Report it with its reason.',
  },
  'search.failed': {
    level: 'error',
    when: 'The search could not be brought up to date. Tried again by itself.',
    remedy: 'If it stays: paperboy doctor.',
  },
  'slot.empty': {
    level: 'warn',
    when: 'A slot has come, and there was nothing that could go out.',
    remedy: 'paperboy plan says why: nothing left, or it waits for an editor.',
  },
  'slot.behind': {
    level: 'warn',
    when: 'A slot takes nothing, as what was due before has not gone out: the platform is down, or paused. When it is back it gets one post, and the rest at its slots.',
    remedy: 'See paperboy status.',
  },
  'slot.failed': {
    level: 'error',
    when: 'The schedule could not be worked off, of one `destination` where it is named: the others go on. Tried again within a minute; no slot is lost.',
    remedy: 'If it stays: paperboy doctor.',
  },
  'slot.passed-over': {
    level: 'info',
    when: 'A slot of papers is passed over, as schedule.gapMinutes asks for.',
  },
  'slot.planned': { level: 'info', when: 'A slot has come, and something is queued.' },
};
