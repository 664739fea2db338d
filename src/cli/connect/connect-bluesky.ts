import { describeError } from '../../kit/errors.ts';
import { setBotLabel } from '../../publishers/bluesky-label.ts';
import { type SignedIn, signInToBluesky } from '../../publishers/bluesky-sign-in.ts';
import {
  type Connected,
  findStanding,
  refused,
  type Tools,
  type Tried,
  tryThrice,
  unreachable,
} from './tools.ts';

const SERVICE = 'https://bsky.social';
const PASSWORDS = 'https://bsky.app/settings/app-passwords';
const APP_PASSWORD = /^[a-z0-9]{4}(?:-[a-z0-9]{4}){3}$/i;
const TIMEOUT_MS = 45_000;

/** Asks for an account of Bluesky and signs in to it. */
export async function connectBluesky(tools: Tools, isLabelWanted: boolean): Promise<Connected> {
  const { ask, say, settings, hide } = tools;
  const service = await tryThrice(tools, async () => {
    const answer = await ask.text({
      text: 'Which server is the account on?',
      help: ['Most are on https://bsky.social.'],
      standing: findStanding(tools, 'BLUESKY_SERVICE') ?? SERVICE,
    });
    const typed = /^https?:\/\//i.test(answer) ? answer : `https://${answer}`;
    const value = settings.parse('BLUESKY_SERVICE', typed);
    return value === undefined ? { problem: 'That is no address of a server.' } : { value };
  });
  let standing = findStanding(tools, 'BLUESKY_IDENTIFIER');
  const askIdentifier = async (): Promise<Tried<string>> => {
    const answer = await ask.text({
      text: 'Whose account is it?',
      help: [
        'Its handle, for example paperboy.bsky.social; a DID or its e-mail address will do too.',
        'It stands under the name on the profile, after the @.',
      ],
      standing,
    });
    const value = settings.parse('BLUESKY_IDENTIFIER', answer);
    if (value === undefined) return { problem: 'That is no handle, no DID and no e-mail address.' };
    return { value };
  };
  let identifier: string | undefined;
  const { session, appPassword } = await tryThrice(tools, async () => {
    identifier ??= await tryThrice(tools, askIdentifier);
    const appPassword = await ask.text({
      text: 'An app password for it?',
      help: [`Make one at ${PASSWORDS}: abcd-efgh-ijkl-mnop`, 'Never the account’s own password.'],
      isSecret: true,
      standing: findStanding(tools, 'BLUESKY_APP_PASSWORD'),
    });
    hide(appPassword);
    if (!APP_PASSWORD.test(appPassword)) {
      const problem = `That is no app password, which is four times four letters with hyphens; make one at ${PASSWORDS}`;
      return { problem };
    }
    const account = { service, identifier, appPassword };
    const session = await signInToBluesky(account, AbortSignal.timeout(TIMEOUT_MS));
    switch (session.kind) {
      case 'in':
        return { value: { session, appPassword } };
      case 'turned-down': {
        const problem = `${new URL(service).host} does not take ${identifier} with this app password: ${session.said}`;
        // Either may be the wrong one.
        standing = identifier;
        identifier = undefined;
        return { problem };
      }
      case 'refused':
        throw refused(
          `${new URL(service).host} refuses ${identifier}: ${session.said}`,
          'Sign in to the account in a browser, and look whether this is its server.',
        );
      case 'unreachable':
        throw unreachable(service, session.cause);
    }
  });
  const { did, handle } = session;
  say('');
  say(`✓ Signed in as @${handle} (${did})`);
  const isLabelled = isLabelWanted && (await confirmLabel(tools));
  if (!isLabelled) await session.leave();
  return {
    kind: 'bluesky',
    values: {
      ...(service === SERVICE && findStanding(tools, 'BLUESKY_SERVICE') === undefined
        ? {}
        : { BLUESKY_SERVICE: service }),
      BLUESKY_IDENTIFIER: chooseIdentifier(identifier ?? did, session),
      BLUESKY_APP_PASSWORD: appPassword,
    },
    account: { service, handle, did },
    ...(isLabelled ? { after: () => label(tools, session) } : {}),
  };
}

function confirmLabel({ ask }: Tools): Promise<boolean> {
  return ask.confirm(
    'Say on its profile that it is a bot (the label “bot”), as Bluesky asks of bots?',
  );
}

/** Names of places are shown everywhere, and an e-mail address is nobody’s business. */
function chooseIdentifier(identifier: string, { did, handle }: SignedIn): string {
  if (!identifier.includes('@')) return identifier;
  return handle === 'handle.invalid' ? did : handle;
}

async function label({ say }: Tools, session: SignedIn): Promise<boolean> {
  const labelled = await setBotLabel(session.agent, session.did);
  await session.leave();
  switch (labelled.kind) {
    case 'set':
      say('✓ The profile says that it is a bot');
      return true;
    case 'there':
      say('✓ The profile said already that it is a bot');
      return true;
    case 'failed':
      say(
        `✗ The profile could not be labelled: ${describeError(labelled.cause)}. All else is done; do this again for the label alone.`,
      );
      return false;
  }
}
