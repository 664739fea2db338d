import type { Outgoing, Publisher } from '../../src/publishers/publisher.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import {
  type FakePlatform,
  type FindFate,
  makeFakePlatform,
  type PublishFate,
} from '../support/fake-platform.ts';
import { PLACES } from './places.ts';

/** A post as the platform took it: of a thread, one of several. */
export type Post = {
  readonly at: Date;
  readonly place: string;
  readonly issue: number;
  readonly item: string;
  /** Its place in the thread, from 0, and how many the thread has. */
  readonly index: number;
  readonly count: number;
  /** The post as JSON. */
  readonly text: string;
};

/** The platforms of the year, and what they took. */
export type Platforms = {
  readonly posts: readonly Post[];
  readonly placed: () => number;
  /** A way to post to a place, for one process. */
  makePublisher(place: string, fates: Fates): Publisher;
};

export type Fates = {
  find(): FindFate;
  publish(): PublishFate;
  onDeath(): void;
};

/** Platforms without a post, one for each place, which write down all that they take. */
export function makePlatforms(clock: FakeClock): Platforms {
  const posts: Post[] = [];
  const platforms = new Map<string, FakePlatform>(
    PLACES.map(({ destination, isKeyed }) => [destination.name, makeFakePlatform(isKeyed)]),
  );
  const platformOf = (place: string): FakePlatform => {
    const platform = platforms.get(place);
    if (platform === undefined) throw new Error(`no platform for ${place}`);
    return platform;
  };
  const write = (place: string, { issue, item, draft }: Outgoing, index: number): void => {
    const text = JSON.stringify(draft.posts[index]);
    posts.push({ at: clock.now(), place, issue, item, index, count: draft.posts.length, text });
  };
  return {
    posts,
    placed: () => [...platforms.values()].reduce((sum, { placed }) => sum + placed.length, 0),
    makePublisher: (place, fates) => {
      const platform = platformOf(place);
      const make = (beforePost: () => Promise<void>): Publisher =>
        platform.makePublisher({ ...fates, beforePost });
      return {
        find: (outgoing, signal) => make(async () => {}).find(outgoing, signal),
        publish: (outgoing, inPlace, signal) => {
          let index = inPlace.length;
          const publisher = make(async () => {
            write(place, outgoing, index);
            index += 1;
          });
          return publisher.publish(outgoing, inPlace, signal);
        },
        retract: (outgoing, receipt, signal) =>
          make(async () => {}).retract(outgoing, receipt, signal),
      };
    },
  };
}
