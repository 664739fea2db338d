import { findNearest } from '../archive/search/find-nearest.ts';
import { doubt, type Seen } from './check.ts';

/** Names that begin so are meant for Paperboy. */
const OURS = /^(?:PAPERBOY|BLUESKY|BSKY|DISCORD|MASTODON|WEBHOOK)_[A-Z0-9_]+$/;
/** Read by Paperboy, and no setting. */
const OTHERS: readonly string[] = ['PAPERBOY_DEBUG'];
/** What other programs call the same. */
const SAME: Readonly<Record<string, string>> = {
  BLUESKY_PASSWORD: 'BLUESKY_APP_PASSWORD',
  BLUESKY_HANDLE: 'BLUESKY_IDENTIFIER',
  BLUESKY_USERNAME: 'BLUESKY_IDENTIFIER',
  BLUESKY_USER: 'BLUESKY_IDENTIFIER',
  BLUESKY_PDS: 'BLUESKY_SERVICE',
  DISCORD_BOT_TOKEN: 'DISCORD_TOKEN',
  DISCORD_CHANNEL: 'DISCORD_CHANNEL_ID',
  MASTODON_TOKEN: 'MASTODON_ACCESS_TOKEN',
  MASTODON_INSTANCE: 'MASTODON_SERVER',
  MASTODON_URL: 'MASTODON_SERVER',
  MASTODON_BASE_URL: 'MASTODON_SERVER',
  WEBHOOK_KEY: 'WEBHOOK_SECRET',
  PAPERBOY_PORT: 'PAPERBOY_HTTP_PORT',
  PAPERBOY_HOST: 'PAPERBOY_HTTP_HOST',
  PAPERBOY_DATABASE: 'DATABASE_URL',
  PAPERBOY_FEED_URL: 'PAPERBOY_FEED',
};
const MOST_LETTERS = 3;

/** Variables that are set and that nobody reads, though their names look as if somebody should. */
export function checkVariables(set: readonly string[], known: readonly string[]): Seen[] {
  return set
    .filter((name) => OURS.test(name) && !known.includes(name) && !OTHERS.includes(name))
    .sort()
    .map((name) => {
      const said = `${name} is set, and nothing reads it`;
      const further = findFurther(name, known);
      const meant = further === undefined ? findMeant(name, known) : undefined;
      if (meant !== undefined) {
        const asked = `${said}; did you mean ${meant}?`;
        return doubt('doctor.variable-unknown', asked, `Rename it to ${meant}, or take it out`);
      }
      return doubt(
        'doctor.variable-unknown',
        further === undefined ? said : `${said}: there is no ${further} in destinations`,
        further === undefined
          ? 'Take it out; docs/configuration.md has every variable'
          : `Add it to paperboy.yaml, destinations: { ${further}: {} }, or take the variable out`,
      );
    });
}

function findMeant(name: string, known: readonly string[]): string | undefined {
  const full = name.replace(/^BSKY_/, 'BLUESKY_');
  if (known.includes(full)) return full;
  const same = SAME[full];
  return same ?? findNearest(full, known, MOST_LETTERS);
}

/** The name of the destination whose variable it would be: BLUESKY_DE_IDENTIFIER is of `bluesky-de`. */
function findFurther(name: string, known: readonly string[]): string | undefined {
  const [kind = '', ...words] = name.split('_');
  if (kind === 'PAPERBOY' || Object.hasOwn(SAME, name)) return undefined;
  for (let at = words.length - 1; at > 0; at -= 1) {
    if (!known.includes([kind, ...words.slice(at)].join('_'))) continue;
    return [kind, ...words.slice(0, at)].join('-').toLowerCase();
  }
  return undefined;
}
