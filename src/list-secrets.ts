import type { Config } from './config.ts';
import type { PlaceSetting } from './places.ts';

/**
 * What looks as if it were made by chance, and seldom as if by people. Of 32 characters of base64 one
 * in 200 has no digit; but nearly all have two capitals together, which CamelCase has not.
 */
const RANDOM = /^(?=.*\d)(?=.*[A-Za-z])[\w~.+=%-]{12,}$|^(?=.*[a-z])(?=.*[A-Z]{2})[\w~.+=%-]{22,}$/;
/** Parameters whose value is a secret, however it looks. */
const SECRET_NAME = /(?:token|secret|key|password|signature|sig|auth|jwt)$/i;

/** Every value of the configuration that nobody may read in a log, an error or the database. */
export function listSecrets({ places, bot, sources }: Config): string[] {
  return [
    ...places.flatMap(listOwn),
    ...(bot === undefined ? [] : [bot.token]),
    ...sources.feeds.flatMap(listAddress),
  ];
}

function listOwn(place: PlaceSetting): string[] {
  switch (place.kind) {
    case 'bluesky':
      return [place.appPassword];
    case 'mastodon':
      return [place.accessToken];
    case 'webhook':
      return [...listWebhook(place.secret), ...listAddress(place.url)];
    case 'folder':
    case 'discord':
      return [];
  }
}

/** With and without the word before it: clients take that off. */
function listWebhook(secret: string): string[] {
  return [secret, secret.replace(/^whsec_/, '')];
}

/**
 * An address that is a secret: all of it, what comes after the host, and the parts of that that
 * look like one. The host alone is named everywhere.
 */
function listAddress(address: string): string[] {
  const { host, pathname, search, searchParams, href } = new URL(address);
  const segments = pathname
    .split('/')
    .flatMap((segment) => [segment, segment.replace(/\.[a-z]{1,5}$/i, '')])
    .filter((segment) => RANDOM.test(segment));
  const values = [...searchParams]
    .filter(([name, value]) => SECRET_NAME.test(name) || RANDOM.test(value))
    .map(([, value]) => value);
  const isSecret = segments.length > 0 || values.length > 0;
  // A path such as /feed stands in many addresses.
  const paths = isSecret ? [`${pathname}${search}`, ...segments, ...values] : [];
  const isBare = pathname === '/' && search === '';
  return isBare ? paths : [address, href, `${host}${pathname}${search}`, ...paths];
}
