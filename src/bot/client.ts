import { Client, GatewayIntentBits, Options, type RESTOptions } from 'discord.js';

/** What a connection to Discord needs. */
export type BotAccount = {
  readonly token: string;
  /** `https://discord.com/api`, without the version. */
  readonly api: string;
};

const REQUEST_TIMEOUT_MS = 15_000;

/** Nothing that these hold is ever asked for: an interaction brings what it is about. */
const NOTHING_KEPT = Object.fromEntries(
  [
    'ApplicationCommandManager',
    'AutoModerationRuleManager',
    'BaseGuildEmojiManager',
    'DMMessageManager',
    'EntitlementManager',
    'GuildBanManager',
    'GuildEmojiManager',
    'GuildForumThreadManager',
    'GuildInviteManager',
    'GuildMessageManager',
    'GuildScheduledEventManager',
    'GuildSoundboardSoundManager',
    'GuildStickerManager',
    'GuildTextThreadManager',
    'MessageManager',
    'PresenceManager',
    'ReactionManager',
    'ReactionUserManager',
    'StageInstanceManager',
    'ThreadManager',
    'ThreadMemberManager',
    'UserManager',
    'VoiceStateManager',
  ].map((name) => [name, 0]),
);

/**
 * A client of discord.js that hears of servers and interactions alone, and keeps as little as it
 * can. It resumes and reconnects by itself.
 */
export function makeClient({ api }: Pick<BotAccount, 'api'>): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...NOTHING_KEPT,
      GuildMemberManager: {
        maxSize: 0,
        keepOverLimit: (member) => member.id === member.client.user.id,
      },
    }),
    rest: { api, version: '10', timeout: REQUEST_TIMEOUT_MS } satisfies Partial<RESTOptions>,
  });
}
