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

/** A state as people are told it. */
export type ToldState = keyof typeof STATE_STYLE;

/** Reads the name of a state, for commander. */
export function parseState(text: string): ToldState {
  const states = Object.keys(STATE_STYLE) as ToldState[];
  const state = states.find((one) => one === text);
  if (state !== undefined) return state;
  throw new InvalidArgumentError(`It must be one of: ${states.join(', ')}.`);
}
