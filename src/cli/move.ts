import { findNewHome, findPlace } from '../desk/find-place.ts';
import { moveDeliveries } from '../desk/move.ts';
import type { CliContext, ExitCode } from './context.ts';
import { finishActed } from './print-acted.ts';

export type MoveOptions = { readonly from: string; readonly to?: string; readonly json?: boolean };

/** `paperboy move --from PLACE [--to DESTINATION]` */
export async function runMove(
  { output, openDesk }: CliContext,
  { from, to, json }: MoveOptions,
): Promise<ExitCode> {
  const { desk } = await openDesk();
  const key = await findPlace(desk, from);
  const acted = await moveDeliveries(desk, key, findNewHome(desk, key, to));
  if (acted.length === 0) {
    if (json) output.json({ deliveries: [] });
    else output.note(`Nothing waits at ${key}.`);
    return 0;
  }
  const code = finishActed(desk, output, acted, json);
  const isMoved = acted.some(({ outcome }) => outcome === 'done');
  if (!json && isMoved) {
    output.note('A running `paperboy start` sends what is in line; see it with: paperboy queue');
  }
  return code;
}
