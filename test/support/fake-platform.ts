import type { Receipt } from '../../src/outbox/receipt.ts';
import type {
  Attempt,
  Found,
  Outgoing,
  Publisher,
  Refusal,
  Retraction,
} from '../../src/publishers/publisher.ts';

/** A post that is in place, in the order in which posts arrived. */
export type Placed = {
  readonly id: string;
  /** The delivery that it is of; of a correction, once it was changed. */
  readonly delivery: string;
  readonly index: number;
  /** The post of the draft, as JSON. */
  readonly content: string;
};

/** How a look-up goes. One that dies never comes back, as when the process is gone. */
export type FindFate = 'answers' | 'is unavailable' | 'throws' | 'dies';

/** How a publishing goes, and how many of its steps are done before it ends this way. */
export type PublishFate = {
  readonly kind:
    | 'works'
    | 'is refused'
    | 'is closed'
    | 'is unavailable'
    | 'is unknown'
    | 'throws'
    | 'dies';
  readonly posts: number;
};

/** How taking back goes, and how many posts are gone before it ends this way. */
export type RetractFate = {
  readonly kind: 'works' | 'is refused' | 'is unavailable' | 'throws' | 'dies';
  readonly posts: number;
};

type Call = 'find' | 'publish' | 'retract';

/** A platform that takes every post that it is sent, also twice, and knows what is in place. */
export type FakePlatform = {
  readonly placed: readonly Placed[];
  /** How often `find`, `publish` and `retract` were called. */
  readonly calls: readonly Call[];
  /** A way to post to it: `fates` is asked anew at each call. */
  makePublisher(fates: {
    find(): FindFate | Promise<FindFate>;
    publish(): PublishFate | Promise<PublishFate>;
    /** Works where it is not said. */
    retract?(): RetractFate | Promise<RetractFate>;
    /** Called when the process "dies". */
    onDeath?(): void;
    /** Waited for before each step: what may come in between. */
    beforePost?(): Promise<void>;
  }): Publisher;
};

export const WORKS = { kind: 'works', posts: 99 } as const satisfies PublishFate & RetractFate;

/**
 * Makes an empty platform. On one that is `isKeyed`, as Bluesky with its record keys, a post that is
 * sent again takes its own place; elsewhere it is there twice. Posts are edited one by one; a thread
 * that is posted in the place of another comes as that one goes.
 */
export function makeFakePlatform(isKeyed = false): FakePlatform {
  const placed: Placed[] = [];
  const calls: Call[] = [];
  let arrived = 0;
  const listOf = (delivery: string): Placed[] =>
    placed.filter((post) => post.delivery === delivery).sort((a, b) => a.index - b.index);
  const remove = (id: string): void => {
    const at = placed.findIndex((post) => post.id === id);
    if (at >= 0) placed.splice(at, 1);
  };
  const place = ({ id, draft }: Outgoing, index: number): void => {
    if (isKeyed && listOf(id).some((post) => post.index === index)) return;
    const content = JSON.stringify(draft.posts[index]);
    placed.push({ id: `${id}/${index}/${arrived}`, delivery: id, index, content });
    arrived += 1;
  };
  const makeReceipt = (delivery: string): Receipt => ({
    posts: listOf(delivery).map(({ id }) => ({ id })),
  });
  /** What is left of the thread whose place this one takes. */
  const listReplaced = ({ id, replaces }: Outgoing): Placed[] => {
    if (replaces === undefined || replaces.how === 'reply') return [];
    const ids = new Set(replaces.receipt.posts.map((post) => post.id));
    return placed.filter((post) => ids.has(post.id) && post.delivery !== id);
  };

  /** What publishing consists of, after what is in place. */
  const planSteps = (outgoing: Outgoing, from: number): (() => void)[] => {
    const { id, draft, replaces } = outgoing;
    const indexes = draft.posts.map((_, index) => index).slice(from);
    if (replaces?.how === 'repost') {
      return [
        () => {
          for (const post of listReplaced(outgoing)) remove(post.id);
          for (const index of indexes) place(outgoing, index);
        },
      ];
    }
    if (replaces?.how !== 'edit') return indexes.map((index) => () => place(outgoing, index));
    const old = replaces.receipt.posts;
    const change = (index: number): void => {
      const at = placed.findIndex((post) => post.id === old[index]?.id);
      const [post, content] = [placed[at], JSON.stringify(draft.posts[index])];
      if (post === undefined) place(outgoing, index);
      else placed[at] = { id: post.id, delivery: id, index, content };
    };
    return [
      ...indexes.map((index) => () => change(index)),
      ...old.slice(draft.posts.length).map((post) => () => remove(post.id)),
    ];
  };

  return {
    placed,
    calls,
    makePublisher: (fates) => ({
      async find(outgoing): Promise<Found> {
        calls.push('find');
        switch (await fates.find()) {
          case 'answers': {
            const { posts } = makeReceipt(outgoing.id);
            if (posts.length === 0) return { kind: 'absent' };
            const isWhole = posts.length >= outgoing.draft.posts.length;
            return isWhole && listReplaced(outgoing).length === 0
              ? { kind: 'whole', receipt: { posts } }
              : { kind: 'begun', posts };
          }
          case 'is unavailable':
            return { kind: 'unavailable', cause: new Error('no look-up now') };
          case 'throws':
            throw new Error('a bug in find');
          case 'dies':
            return die(fates.onDeath);
        }
      },

      async publish(outgoing, inPlace): Promise<Attempt> {
        calls.push('publish');
        const fate = await fates.publish();
        if (fate.kind === 'is refused') return REFUSAL;
        if (fate.kind === 'is closed') return { ...REFUSAL, isClosed: true };
        if (fate.kind === 'is unavailable') {
          return { kind: 'unavailable', cause: new Error('no connection') };
        }
        const steps = planSteps(outgoing, inPlace.length);
        for (const step of fate.kind === 'works' ? steps : steps.slice(0, fate.posts)) {
          await fates.beforePost?.();
          step();
        }
        switch (fate.kind) {
          case 'works':
            return { kind: 'sent', receipt: makeReceipt(outgoing.id) };
          case 'is unknown':
            return { kind: 'unknown', cause: new Error('no answer') };
          case 'throws':
            throw new Error('a bug in publish');
          case 'dies':
            return die(fates.onDeath);
        }
      },

      async retract({ id }, receipt): Promise<Retraction> {
        calls.push('retract');
        const fate = (await fates.retract?.()) ?? WORKS;
        if (fate.kind === 'is refused') return REFUSAL;
        const { posts } = receipt ?? makeReceipt(id);
        for (const post of fate.kind === 'works' ? posts : posts.slice(0, fate.posts)) {
          await fates.beforePost?.();
          remove(post.id);
        }
        switch (fate.kind) {
          case 'works':
            return { kind: 'retracted' };
          case 'is unavailable':
            return { kind: 'unavailable', cause: new Error('no connection') };
          case 'throws':
            throw new Error('a bug in retract');
          case 'dies':
            return die(fates.onDeath);
        }
      },
    }),
  };
}

const REFUSAL: Refusal = { kind: 'refused', reason: 'no such account', remedy: 'Make one.' };

function die(onDeath: (() => void) | undefined): Promise<never> {
  onDeath?.();
  return new Promise(() => {});
}
