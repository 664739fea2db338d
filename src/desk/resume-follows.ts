import { isTokenRefused } from '../publishers/refused-token.ts';
import { type FollowDesk, keyChannel } from './plan-follows.ts';

/**
 * Lets the followed channels go on that were paused because Discord refused the bot’s token: it may
 * be another one now. What an editor holds meanwhile is held, and comes once it is released. Called
 * once at a start; with the same token they are paused again.
 */
export async function resumeFollows({
  outbox,
  follows,
  clock,
}: Pick<FollowDesk, 'outbox' | 'follows' | 'clock'>): Promise<void> {
  const pauses = (await outbox.listPauses()).filter(({ reason }) => isTokenRefused(reason));
  if (pauses.length === 0) return;
  const followed = new Set((await follows.list()).map(({ channelId }) => keyChannel(channelId)));
  for (const { destination, reason } of pauses) {
    if (!followed.has(destination)) continue;
    const by = { actor: 'follows', now: clock.now(), note: 'started again' };
    for (const refused of await outbox.list({ destination, states: ['refused'] })) {
      if (refused.reason === reason) await outbox.retry(refused.id, by);
    }
    await outbox.resume(destination);
  }
}
