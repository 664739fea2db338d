import type { Answer, Route, World } from './world.ts';

/** What a bot asks about itself before anything else. */
export const selfRoutes: readonly Route[] = [
  { method: 'GET', path: '/users/@me', handle: getSelf },
  { method: 'GET', path: '/applications/@me', handle: getApplication },
  { method: 'GET', path: '/gateway/bot', handle: getGateway },
];

function getSelf({ bot }: World): Answer {
  const rest = { mfa_enabled: false, locale: 'en-US', verified: true, email: null };
  return { status: 200, body: { ...bot, ...rest } };
}

/** The application has the id of its bot, as all since 2016 do. */
function getApplication({ bot }: World): Answer {
  const application = {
    id: bot.id,
    name: 'Paperboy',
    icon: null,
    description: '',
    type: null,
    bot,
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    tags: [],
    redirect_uris: [],
  };
  return { status: 200, body: application };
}

/** A placeholder as long as nothing speaks the gateway's protocol at this address. */
function getGateway({ gatewayUrl }: World): Answer {
  const session_start_limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
  return { status: 200, body: { url: gatewayUrl, shards: 1, session_start_limit } };
}
