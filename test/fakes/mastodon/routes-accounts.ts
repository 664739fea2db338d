import { describeAccount, describeStatus } from './describe.ts';
import { refusals } from './errors.ts';
import type { Route } from './routes.ts';

const MOST_A_PAGE = 40;

export const accountRoutes: readonly Route[] = [
  {
    // https://docs.joinmastodon.org/methods/accounts/#verify_credentials
    method: 'GET',
    path: '/api/v1/accounts/verify_credentials',
    scope: 'read:accounts',
    handle: (world, { account }) => {
      if (account === undefined) throw refusals.noUser();
      return { status: 200, body: describeAccount(account, world) };
    },
  },
  {
    // https://docs.joinmastodon.org/methods/accounts/#statuses
    method: 'GET',
    path: '/api/v1/accounts/:id/statuses',
    scope: 'read:statuses',
    isPublic: true,
    handle: (world, { id, query, account }) => {
      if (!world.accounts.has(id)) throw refusals.notFound();
      const limit = Math.min(Number(query.get('limit') ?? 20), MOST_A_PAGE);
      const maxId = query.get('max_id');
      const statuses = [...world.statuses.values()]
        .filter(({ accountId }) => accountId === id)
        .filter(({ visibility }) => account?.id === id || /public|unlisted/.test(visibility))
        .filter(({ reblogOf }) => reblogOf === null || query.get('exclude_reblogs') !== 'true')
        .filter((status) => maxId === null || BigInt(status.id) < BigInt(maxId))
        .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1))
        .slice(0, limit);
      const last = statuses.at(-1);
      const next = new URL(`${world.server}/api/v1/accounts/${id}/statuses?${query}`);
      if (last !== undefined) next.searchParams.set('max_id', last.id);
      // A page that is not full has no next one.
      const link = statuses.length === limit ? { link: `<${next}>; rel="next"` } : {};
      const body = statuses.map((status) => describeStatus(status, world));
      return { status: 200, body, headers: link };
    },
  },
  {
    // https://docs.joinmastodon.org/methods/instance/#v2
    method: 'GET',
    path: '/api/v2/instance',
    isPublic: true,
    handle: ({ rules, server }) => ({
      status: 200,
      body: {
        domain: new URL(server).host,
        title: 'A fake',
        version: '4.5.0',
        api_versions: { mastodon: 7 },
        configuration: {
          statuses: {
            max_characters: rules.maxCharacters,
            max_media_attachments: rules.mostMedia,
            characters_reserved_per_url: rules.charactersPerUrl,
          },
          media_attachments: {
            description_limit: rules.descriptionLength,
            image_matrix_limit: rules.imagePixels,
            image_size_limit: rules.imageBytes,
            supported_mime_types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
          },
        },
      },
    }),
  },
];
