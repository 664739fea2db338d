import { InvalidArgumentError } from 'commander';
import type { DeliveryState } from '../database/tables.ts';

/** The colour in which a state is told. */
export const STATE_STYLE = {
  planned: 'blue',
  due: 'blue',
  held: 'magenta',
  sending: 'cyan',
  unknown: 'yellow',
  sent: 'green',
  refused: 'red',
  cancelled: 'dim',
  retracted: 'dim',
} as const satisfies Record<DeliveryState | 'due', string>;

/** Reads the name of a state, for commander. */
export function parseState(text: string): DeliveryState {
  const { due: _due, ...states } = STATE_STYLE;
  const state = (Object.keys(states) as DeliveryState[]).find((one) => one === text);
  if (state !== undefined) return state;
  throw new InvalidArgumentError(`It must be one of: ${Object.keys(states).join(', ')}.`);
}
