import { describeError } from '../kit/errors.ts';
import { readMastodonLimits } from '../publishers/mastodon-limits.ts';
import { checkMastodonToken } from '../publishers/mastodon-sign-in.ts';
import { fault, type Seen, well } from './check.ts';

/** Whose a token of Mastodon is, what it may do, and what the server allows. */
export async function checkMastodon(
  {
    name,
    server,
    accessToken,
  }: {
    readonly name: string;
    readonly server: string;
    readonly accessToken: string;
  },
  signal: AbortSignal,
): Promise<Seen[]> {
  const token = await checkMastodonToken({ server, accessToken }, signal);
  if (token.kind === 'refused') {
    return [fault('doctor.mastodon-token', `${name}: ${token.reason}`, token.remedy)];
  }
  if (token.kind === 'unavailable') {
    return [
      fault(
        'doctor.mastodon-unreachable',
        `${name}: ${server} cannot be reached: ${describeError(token.cause)}`,
        'Look whether MASTODON_SERVER is right and the server is up; what waits is posted later by itself',
      ),
    ];
  }
  const { acct, missing } = token;
  if (missing !== undefined && missing.length > 0) {
    return [
      fault(
        'doctor.mastodon-scopes',
        `${name}: the access token lacks ${missing.join(', ')}`,
        `Give its application these scopes at ${server}/settings/applications, renew the token there, and set MASTODON_ACCESS_TOKEN to it`,
      ),
    ];
  }
  const { host } = new URL(server);
  const scopes =
    missing === undefined ? '; which scopes the token has, the server does not say' : '';
  const limits = await readMastodonLimits(server, signal);
  return [
    well('doctor.mastodon', `${name}: the token is that of @${acct}@${host}${scopes}`),
    well(
      'doctor.mastodon-limits',
      `${name}: a post has at most ${limits.maxCharacters} characters there, an address counts ${limits.charactersPerUrl}, ${limits.mostMedia} images`,
    ),
  ];
}
