import type { Clock } from '../kit/clock.ts';

/** Whether Discord's gateway serves the bot. */
export type GatewayState = {
  online(): void;
  offline(): void;
  isOnline(): boolean;
  /** The bot has ended, as Discord will not have it. */
  refused(): void;
  isRefused(): boolean;
  /** When it last came or went; undefined before it first came. */
  changedAt(): Date | undefined;
};

/** A gateway that has not come yet. `onReturn` is called when it comes back after it was lost. */
export function makeGatewayState(
  clock: Pick<Clock, 'now'>,
  onReturn: () => void = () => {},
): GatewayState {
  let isOnline = false;
  let isRefused = false;
  let changedAt: Date | undefined;
  return {
    online: () => {
      if (isOnline) return;
      if (changedAt !== undefined) onReturn();
      isOnline = true;
      changedAt = clock.now();
    },
    offline: () => {
      if (!isOnline) return;
      isOnline = false;
      changedAt = clock.now();
    },
    isOnline: () => isOnline,
    refused: () => {
      isRefused = true;
    },
    isRefused: () => isRefused,
    changedAt: () => changedAt,
  };
}
