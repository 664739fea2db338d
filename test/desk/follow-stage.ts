import { type Follows, makeFollows } from '../../src/archive/follows.ts';
import { makeCourier } from '../../src/delivery/courier.ts';
import type { Follower, FollowingDesk, Wish } from '../../src/desk/follow.ts';
import { type FollowDesk, planFollows } from '../../src/desk/plan-follows.ts';
import type { Issue } from '../../src/issue/schema.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { type PublishFate, WORKS } from '../support/fake-platform.ts';
import { makeIssue } from '../support/make-issue.ts';
import { makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeRecordLog } from '../support/record-log.ts';
import type { Connections } from '../support/temp-database.ts';

export const HERE = '423456789012345678';
export const ROLE = '523456789012345678';
export const MANAGER: Follower = {
  userId: '223456789012345678',
  guildId: '323456789012345678',
  mayManageServer: true,
};
export const MEMBER: Follower = {
  ...MANAGER,
  userId: '223456789012345679',
  mayManageServer: false,
};

/** A server, a platform behind it and everything that follows are made of. */
export type FollowStage = TestDesk &
  FollowDesk &
  FollowingDesk & {
    readonly follows: Follows;
    /** What owners were told: "⟨member⟩: ⟨text⟩". */
    readonly told: string[];
    /** How publishing goes from now on. */
    fate: PublishFate;
    /** Plans, and delivers what is due, until nothing is left: what was posted, as "channel item". */
    play(): Promise<string[]>;
  };

/** A stage over a database; a second one over the same is the same after a restart. */
export function makeFollowStage(
  connections: Connections,
  clock?: TestDesk['clock'],
  approval: TestDesk['approval'] = { kind: 'never' },
): FollowStage {
  const desk = makeTestDesk(connections, { approval, ...(clock === undefined ? {} : { clock }) });
  const follows = makeFollows(connections.database);
  const publishers = new Map<string, () => Promise<Publisher>>();
  const told: string[] = [];
  const publisher = desk.platform.makePublisher({
    find: () => 'answers',
    publish: () => stage.fate,
  });
  const courier = makeCourier({
    ...{ outbox: desk.outbox, publishers, clock: desk.clock, log: makeRecordLog() },
    ...{ owner: 'stage', random: () => 0.5 },
  });
  const stage: FollowStage = {
    ...desk,
    follows,
    told,
    fate: WORKS,
    openChannel: (channelId) => void publishers.set(`discord/${channelId}`, async () => publisher),
    tellOwner: async (userId, text) => void told.push(`${userId}: ${text}`),
    following: {
      follows,
      outbox: desk.outbox,
      destinations: desk.destinations,
      openDirectMessage: async (userId) => `9${userId.slice(1)}`,
    },
    play: async () => {
      await planFollows(stage);
      desk.clock.advance(1_000);
      const sent: string[] = [];
      for (;;) {
        const delivered = await courier.deliverNext([...publishers.keys()]);
        if (delivered === undefined) return sent;
        const { destination, item } = delivered.claim.delivery;
        if (delivered.outcome.kind === 'sent') sent.push(`${destination.slice(8)} ${item}`);
      }
    },
  };
  return stage;
}

/** What a test wants to follow: each paper of everything, here. */
export function makeWish(parts: Partial<Wish> & { readonly about?: string } = {}): Wish {
  const { about, ...others } = parts;
  const usual = { place: 'channel', channelId: HERE, what: 'papers', how: 'each' } as const;
  const topic = about === undefined ? undefined : { key: about.toLowerCase(), label: about };
  return { ...usual, topic, roleId: undefined, language: 'en', ...others };
}

/** An issue whose papers have these topics: { Alpha: ['Agents'] }. */
export function makeTopicIssue(
  number: number,
  topics: Readonly<Record<string, readonly string[]>>,
  parts: { readonly text?: string; readonly news?: readonly string[] } = {},
): Issue {
  const { text, news = [] } = parts;
  const issue = makeIssue({
    number,
    papers: Object.keys(topics),
    ...(text === undefined ? {} : { text }),
  });
  return {
    ...issue,
    news: news.map((line) => ({ text: line, figures: [] })),
    papers: issue.papers.map((paper) => ({ ...paper, topics: [...(topics[paper.title] ?? [])] })),
  };
}
