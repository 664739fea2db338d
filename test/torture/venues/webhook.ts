import { randomBytes } from 'node:crypto';
import { startReceiver } from '../../fakes/webhook/receiver.ts';
import type { VenueKind } from '../venue.ts';

const corrections = ['edit'] as const;

/** A receiver of webhooks; each place is one. What an event put in place is a thread. */
export const webhookKind: VenueKind = {
  name: 'webhook',
  corrections,
  open: async () => {
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const receiver = await startReceiver(secret);
    return {
      ...{ name: 'webhook', corrections, describe },
      to: 'webhook',
      platform: 'text',
      env: { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET: secret },
      settings: {},
      paragraphs: 2,
      read: async () =>
        receiver.kept.map(({ id, payload }) =>
          (payload.data.posts ?? []).map((post) => ({ id, words: describe(post) })),
        ),
      close: () => receiver.close(),
    };
  },
};

function describe(post: unknown): string {
  return JSON.stringify(post);
}
