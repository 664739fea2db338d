import type { Receipt } from '../../src/outbox/receipt.ts';
import type { Attempt, Found, Outgoing, Publisher } from '../../src/publishers/publisher.ts';

/** A post that is in place, in the order in which posts arrived. */
export type Placed = { readonly id: string; readonly delivery: string; readonly index: number };

/** How a look-up goes. One that dies never comes back, as when the process is gone. */
export type FindFate = 'answers' | 'is unavailable' | 'throws' | 'dies';

/** How a publishing goes, and how many posts arrive before it ends this way. */
export type PublishFate = {
  readonly kind: 'works' | 'is refused' | 'is unavailable' | 'is unknown' | 'throws' | 'dies';
  readonly posts: number;
};

/** A platform that takes every post that it is sent, also twice, and knows what is in place. */
export type FakePlatform = {
  readonly placed: readonly Placed[];
  /** How often `find` and `publish` were called. */
  readonly calls: readonly ('find' | 'publish')[];
  /** A way to post to it: `fates` is asked anew at each call. */
  makePublisher(fates: {
    find(): FindFate | Promise<FindFate>;
    publish(): PublishFate | Promise<PublishFate>;
    /** Called when the process "dies". */
    onDeath?(): void;
    /** Waited for before each post: what may come in between. */
    beforePost?(): Promise<void>;
  }): Publisher;
};

export const WORKS: PublishFate = { kind: 'works', posts: 99 };

/**
 * Makes an empty platform. On one that is `isKeyed`, as Bluesky with its record keys, a post that is
 * sent again takes its own place; elsewhere it is there twice.
 */
export function makeFakePlatform(isKeyed = false): FakePlatform {
  const placed: Placed[] = [];
  const calls: ('find' | 'publish')[] = [];
  const find = (delivery: string): Placed[] => placed.filter((post) => post.delivery === delivery);
  const place = (delivery: string, index: number): void => {
    if (isKeyed && find(delivery).some((post) => post.index === index)) return;
    placed.push({ id: `${delivery}/${index}/${placed.length}`, delivery, index });
  };
  const makeReceipt = (delivery: string): Receipt => ({
    posts: find(delivery).map(({ id }) => ({ id })),
  });
  return {
    placed,
    calls,
    makePublisher: (fates) => ({
      async find({ id, draft }: Outgoing): Promise<Found> {
        calls.push('find');
        switch (await fates.find()) {
          case 'answers': {
            const { posts } = makeReceipt(id);
            if (posts.length === 0) return { kind: 'absent' };
            const isWhole = posts.length >= draft.posts.length;
            return isWhole ? { kind: 'whole', receipt: { posts } } : { kind: 'begun', posts };
          }
          case 'is unavailable':
            return { kind: 'unavailable', cause: new Error('no look-up now') };
          case 'throws':
            throw new Error('a bug in find');
          case 'dies':
            return die(fates.onDeath);
        }
      },
      async publish({ id, draft }: Outgoing, inPlace): Promise<Attempt> {
        calls.push('publish');
        const fate = await fates.publish();
        if (fate.kind === 'is refused') {
          return { kind: 'refused', reason: 'no such account', remedy: 'Make one.' };
        }
        if (fate.kind === 'is unavailable') {
          return { kind: 'unavailable', cause: new Error('no connection') };
        }
        const end = fate.kind === 'works' ? draft.posts.length : inPlace.length + fate.posts;
        for (let i = inPlace.length; i < Math.min(end, draft.posts.length); i += 1) {
          await fates.beforePost?.();
          place(id, i);
        }
        switch (fate.kind) {
          case 'works':
            return { kind: 'sent', receipt: makeReceipt(id) };
          case 'is unknown':
            return { kind: 'unknown', cause: new Error('no answer') };
          case 'throws':
            throw new Error('a bug in publish');
          case 'dies':
            return die(fates.onDeath);
        }
      },
    }),
  };
}

function die(onDeath: (() => void) | undefined): Promise<never> {
  onDeath?.();
  return new Promise(() => {});
}
