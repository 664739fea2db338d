import { retractDeliveries } from '../desk/retract.ts';
import type { ActOptions } from './act.ts';
import type { CliContext, ExitCode } from './context.ts';
import { findNamed } from './delivery-options.ts';
import { deliverActed } from './print-acted.ts';

/** `paperboy retract ISSUE|ID` */
export async function runRetract(
  { output, openDesk }: CliContext,
  reference: string,
  { json, ...options }: ActOptions,
): Promise<ExitCode> {
  const { desk } = await openDesk();
  const named = await findNamed(desk, reference, options);
  const acted = await retractDeliveries(desk, named);
  return deliverActed(desk, output, acted, {
    ...(json ? { json } : {}),
    isEnd: ({ state }) => state === 'retracted' || state === 'cancelled',
  });
}
