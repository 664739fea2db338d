import { checkMastodonServer } from '../../publishers/check-mastodon-server.ts';
import {
  checkMastodonToken,
  MASTODON_SCOPES,
  makeMastodonApp,
  redeemMastodonCode,
} from '../../publishers/mastodon-sign-in.ts';
import {
  type Connected,
  findStanding,
  refused,
  type Tools,
  type Tried,
  tryThrice,
  unreachable,
} from './tools.ts';

const TIMEOUT_MS = 45_000;
/** What is answered in place of a token. */
const BROWSER = 'browser';

/** Asks for an account of Mastodon, and for a token of it: pasted, or made in a browser. */
export async function connectMastodon(tools: Tools): Promise<Connected> {
  const { say } = tools;
  const server = await tryThrice(tools, () => askServer(tools));
  const { accessToken, acct, url } = await tryThrice(tools, () => askToken(tools, server));
  say('');
  say(`✓ The account is @${acct}@${new URL(server).host} (${url})`);
  return {
    kind: 'mastodon',
    values: { MASTODON_SERVER: server, MASTODON_ACCESS_TOKEN: accessToken },
    account: { server, acct, url },
  };
}

/** A server that is there: whoever mistypes it is not sent to it for a token. */
async function askServer(tools: Tools): Promise<Tried<string>> {
  const { ask, settings } = tools;
  const answer = await ask.text({
    text: 'Which server is the account on?',
    help: ['What stands after the second @ of its name, for example mastodon.social'],
    standing: findStanding(tools, 'MASTODON_SERVER'),
  });
  const value = settings.parse('MASTODON_SERVER', answer);
  if (value === undefined) return { problem: 'That is no address of a server.' };
  const { host } = new URL(value);
  const server = await checkMastodonServer(value, AbortSignal.timeout(TIMEOUT_MS));
  switch (server.kind) {
    case 'mastodon':
      return { value };
    case 'other':
      return { problem: `${host} does not answer as a Mastodon server: ${server.reason}.` };
    case 'unreachable':
      return {
        problem: `${host} cannot be reached: ${server.reason}. Look whether it is right, and whether this machine reaches it.`,
      };
  }
}

type Owned = { readonly accessToken: string; readonly acct: string; readonly url: string };

async function askToken(tools: Tools, server: string): Promise<Tried<Owned>> {
  const { ask, say, settings, hide } = tools;
  const standing = findStanding(tools, 'MASTODON_ACCESS_TOKEN');
  const answer = await ask.text({
    text: 'An access token of the account?',
    help: [
      `“Your access token” of an application at ${server}/settings/applications, with the scopes`,
      `${MASTODON_SCOPES.join(', ')}. Without one answer ${BROWSER}: it is made there.`,
    ],
    isSecret: true,
    standing,
    ifEmpty: 'is for signing in with a browser',
  });
  if (answer !== BROWSER) hide(answer);
  const isBrowser = answer === '' || answer.toLowerCase() === BROWSER;
  const accessToken = isBrowser
    ? await tryThrice(tools, await openBrowser(tools, server))
    : settings.parse('MASTODON_ACCESS_TOKEN', answer);
  if (accessToken === undefined) return { problem: 'That is no access token.' };
  hide(accessToken);
  const token = await checkMastodonToken({ server, accessToken }, AbortSignal.timeout(TIMEOUT_MS));
  switch (token.kind) {
    case 'known': {
      const { acct, url, missing } = token;
      if (missing !== undefined && missing.length > 0) {
        const problem = `The token lacks ${missing.join(', ')}: add that to the application at ${server}/settings/applications, and renew its token there.`;
        return { problem };
      }
      if (missing === undefined) say(`The server does not tell what the token may do.`);
      return { value: { accessToken, acct, url } };
    }
    case 'refused':
      return { problem: `${token.reason}. ${token.remedy}` };
    case 'unavailable':
      throw unreachable(server, token.cause);
  }
}

/** Begins a sign-in; what it gives asks for the code. */
async function openBrowser(tools: Tools, server: string): Promise<() => Promise<Tried<string>>> {
  const { ask, hide } = tools;
  const made = await makeMastodonApp(server, AbortSignal.timeout(TIMEOUT_MS));
  if (made.kind === 'refused') throw refused(made.reason, made.remedy);
  if (made.kind === 'unavailable') throw unreachable(server, made.cause);
  hide(made.clientSecret);
  return async () => {
    const code = await ask.text({
      text: 'Open this in a browser that is signed in to the account, and allow it:',
      help: [made.authorizeUrl, 'Which code does the page show then?'],
      isSecret: true,
    });
    hide(code);
    const redeemed = await redeemMastodonCode(server, made, code, AbortSignal.timeout(TIMEOUT_MS));
    switch (redeemed.kind) {
      case 'redeemed':
        return { value: redeemed.accessToken };
      case 'turned-down':
        return { problem: 'The server does not take this code: it counts once, and not for long.' };
      case 'refused':
        throw refused(redeemed.reason, redeemed.remedy);
      case 'unavailable':
        throw unreachable(server, redeemed.cause);
    }
  };
}
