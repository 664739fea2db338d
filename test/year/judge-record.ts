import type { Expected } from './expect.ts';
import type { Fault } from './judge-year.ts';
import { inForce, YEAR } from './places.ts';
import type { Post } from './record.ts';
import type { Year } from './run-year.ts';
import type { Trouble } from './troubles.ts';
import { isSilentAt, walkSlots } from './walk.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Judges the record by itself, without following the rules from slot to slot: every post in a minute
 * that has a slot, none on a silent day, none nearer than the gap, no more in an hour than slots, an
 * issue that nobody has touched in its order, and nothing that was never to be there.
 */
export function judgeRecord(
  { place, room, since, wanted }: Expected,
  firsts: readonly Post[],
  { facts, troubles }: Year,
  tell: (kind: Fault['kind'], at: Date, what: string) => void,
): void {
  const { name } = place.destination;
  const byHand = new Set(
    facts.flatMap((fact) =>
      fact.kind === 'post' && (fact.to ?? name) === name ? [`${fact.issue} ${fact.item}`] : [],
    ),
  );
  const isByHand = ({ issue, item }: Post): boolean => byHand.has(`${issue} ${item}`);
  const slots = place.terms.flatMap(({ from, programme }, index) =>
    walkSlots(programme, from, place.terms[index + 1]?.from ?? YEAR.tailEnd),
  );
  const minutes = new Set(slots.map(({ at }) => at.getTime()));
  const isTroubled = (at: Date): boolean => {
    const here = (one: Trouble): boolean => (one.place ?? name) === name;
    const ends = (one: Trouble): number => one.to.getTime() + MINUTE_MS;
    return troubles.some((one) => here(one) && one.from <= at && at.getTime() <= ends(one));
  };
  const usual = firsts.filter((post) => !isByHand(post));

  for (const post of usual) {
    const { at, issue, item } = post;
    const what = `#${issue} ${item}`;
    const programme = inForce(place.terms, at)?.programme;
    if (programme === undefined) tell('unasked', at, `${what} before the place was there`);
    else if (isSilentAt(programme, at)) tell('blackout', at, what);
    const minute = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
    // After a downtime one may be caught up at the first minute of a day on which one may.
    const isCaughtUp = wanted.some(
      (one) => one.how === 'catch-up' && one.issue === issue && one.item === item,
    );
    if (!minutes.has(minute) && !isTroubled(at) && !isCaughtUp) tell('off its slot', at, what);
    if (issue < since) tell('unasked', at, `${what} is older than the place`);
  }

  const calm = usual.filter(({ at }) => !isTroubled(at));
  for (const [index, post] of calm.entries()) {
    const before = calm[index - 1];
    const gapMs = inForce(place.terms, post.at)?.programme.gapMs ?? 0;
    if (before === undefined || !post.item.startsWith('paper/')) continue;
    const minuteOf = ({ at }: Post): number => Math.floor(at.getTime() / MINUTE_MS);
    if ((minuteOf(post) - minuteOf(before)) * MINUTE_MS < gapMs) {
      tell('gap', post.at, `#${post.issue} ${post.item}`);
    }
  }
  for (const [index, { at }] of calm.entries()) {
    const fromMs = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
    const isInHour = (one: { readonly at: Date }): boolean =>
      one.at.getTime() >= fromMs && one.at.getTime() < fromMs + HOUR_MS;
    const hour = calm.slice(index).filter(isInHour);
    if (hour.length <= Math.max(1, slots.filter(isInHour).length)) continue;
    tell('burst', at, `${hour.length} posts in an hour`);
  }
  judgeOrder();

  /** The papers of an issue that came once, and that nobody decided anything about. */
  function judgeOrder(): void {
    const touched = new Set(
      facts.flatMap((fact) => {
        if (fact.kind === 'tick') return [];
        if (fact.kind !== 'import') return [fact.issue];
        return fact.saved === 'revised' ? [fact.issue.number] : [];
      }),
    );
    const programme = place.terms[0]?.programme;
    for (const { issue, items } of room.listAll()) {
      if (touched.has(issue) || programme === undefined) continue;
      const rank = new Map(
        items
          .filter(({ lane }) => lane === 'papers')
          .sort((a, b) => {
            const printed = a.position - b.position;
            if (programme.order === 'likes') return b.likes - a.likes || printed;
            return programme.order === 'issue'
              ? printed
              : Number(b.pick) - Number(a.pick) || printed;
          })
          .map(({ item }, index) => [item, index]),
      );
      const ranks = firsts
        .filter((post) => post.issue === issue && rank.has(post.item))
        .map((post) => ({ post, rank: rank.get(post.item) ?? 0 }));
      for (const [index, one] of ranks.entries()) {
        const before = ranks[index - 1];
        if (before !== undefined && before.rank > one.rank) {
          tell('out of order', one.post.at, `#${issue} ${one.post.item} after ${before.post.item}`);
        }
      }
    }
  }
}
