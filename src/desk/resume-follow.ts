import type { Follow, Follows } from '../archive/follows.ts';
import type { ReadingDesk } from './desk.ts';
import { listUnseen } from './list-unseen.ts';

/**
 * Lets a follow go on: of what came out meanwhile, it has its turn with the newest alone. The number
 * of that one, or none.
 */
export async function resumeFollow(
  desk: Pick<ReadingDesk, 'archive'>,
  follows: Pick<Follows, 'resume'>,
  follow: Follow,
  numbers: readonly number[],
): Promise<number[]> {
  const newest = (await listUnseen(desk, follow, numbers, 1)).map(({ issue }) => issue.number);
  await follows.resume(
    follow.id,
    numbers.filter((number) => !newest.includes(number)),
  );
  return newest;
}
