import { describeChannel } from './describe-channel.ts';
import { invalidForm, refusals } from './errors.ts';
import { textOf } from './json.ts';
import { makeUser } from './message.ts';
import { type Channel, DIRECT_MESSAGES } from './store.ts';
import type { Answer, Route, RouteRequest, World } from './world.ts';

/** What a bot asks about itself before anything else. */
export const selfRoutes: readonly Route[] = [
  { method: 'GET', path: '/users/@me', handle: getSelf },
  { method: 'GET', path: '/applications/@me', handle: getApplication },
  { method: 'GET', path: '/oauth2/applications/@me', handle: getApplication },
  { method: 'GET', path: '/gateway/bot', handle: getGateway },
  { method: 'POST', path: '/users/@me/channels', handle: openDirectMessages },
];

/** The channel of direct messages with a user; one for each, however often it is asked for. */
export function directMessagesWith({ store }: World, userId: string): Channel {
  const known = store.listChannels().find(({ recipient }) => recipient?.id === userId);
  const recipient = makeUser(userId, `user-${userId}`, false);
  return known ?? store.addChannel({ type: DIRECT_MESSAGES, name: 'dm', recipient });
}

/** https://discord.com/developers/docs/resources/user#create-dm */
function openDirectMessages(world: World, { body }: RouteRequest): Answer {
  const bySpec = world.spec?.check('CreatePrivateChannelRequest', body.json) ?? [];
  if (bySpec.length > 0) throw invalidForm(bySpec);
  const userId = textOf(body.json.recipient_id);
  if (!/^\d{17,19}$/.test(userId) || userId === world.bot.id) throw refusals.invalidRecipient();
  const channel = directMessagesWith(world, userId);
  return { status: 200, body: describeChannel(channel, world.store.guildId) };
}

function getSelf({ bot }: World): Answer {
  const rest = { mfa_enabled: false, locale: 'en-US', verified: true, email: null };
  return { status: 200, body: { ...bot, ...rest } };
}

/** The application has the id of its bot, as all since 2016 do. */
function getApplication({ bot, application: { isPublic, installs } }: World): Answer {
  const application = {
    id: bot.id,
    name: 'Paperboy',
    icon: null,
    description: '',
    type: null,
    bot,
    bot_public: isPublic,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    flags_new: '0',
    tags: [],
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: makeUser('213456789012345678', 'operator', false),
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
    integration_types_config: Object.fromEntries(installs.map((one) => [one, {}])),
  };
  return { status: 200, body: application };
}

function getGateway({ gatewayUrl, sessionStarts }: World): Answer {
  const session_start_limit = { ...sessionStarts, reset_after: 0, max_concurrency: 1 };
  return { status: 200, body: { url: gatewayUrl, shards: 1, session_start_limit } };
}
