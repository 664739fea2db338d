import { planFollows } from '../desk/plan-follows.ts';
import { planSlots } from '../desk/plan-slots.ts';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import type { OpenBot, OpenDesk } from './context.ts';

/**
 * Plans what is due, for the schedule and for who follows. A failure of the one leaves the other
 * alone; it is logged, and tried again at the next call.
 */
export function makePlanner(
  open: Pick<OpenDesk, 'desk' | 'log'>,
  bot: Pick<OpenBot, 'followDesk'> | undefined,
): () => Promise<void> {
  let planning: Promise<void> | undefined;
  const plan = async (): Promise<void> => {
    await planSchedule(open);
    if (bot !== undefined) await planFollowed(bot, open.log);
  };
  // node-cron and the minute's timer come together; one of them is enough.
  return () => {
    planning ??= plan().finally(() => {
      planning = undefined;
    });
    return planning;
  };
}

async function planSchedule({ desk, log }: Pick<OpenDesk, 'desk' | 'log'>): Promise<void> {
  try {
    for (const { destination, slotAt, delivery } of await planSlots(desk)) {
      const fields = { destination: destination.name, slotAt: slotAt.toISOString() };
      if (delivery === undefined) log.warn(fields, 'slot.empty');
      else log.info({ ...fields, deliveryId: delivery.id, item: delivery.item }, 'slot.planned');
    }
  } catch (error) {
    log.error({ reason: describeError(error) }, 'slot.failed');
  }
}

async function planFollowed({ followDesk }: Pick<OpenBot, 'followDesk'>, log: Log): Promise<void> {
  try {
    const { queued, paused } = await planFollows(followDesk);
    for (const { id, destination, item } of queued) {
      log.info({ deliveryId: id, destination, item }, 'follow.planned');
    }
    for (const { destination, untold } of paused) {
      log.warn(
        { destination, ...(untold === undefined ? {} : { reason: untold }) },
        'follow.paused',
      );
    }
  } catch (error) {
    log.error({ reason: describeError(error) }, 'follow.failed');
  }
}
