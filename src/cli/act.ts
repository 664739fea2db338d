import type { Acted } from '../desk/act.ts';
import type { Desk } from '../desk/desk.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { CliContext, ExitCode } from './context.ts';
import { type DeliveryOptions, findNamed } from './delivery-options.ts';
import { finishActed } from './print-acted.ts';

export type ActOptions = DeliveryOptions & { readonly json?: boolean };

/** `paperboy hold|release|cancel ISSUE|ID`: what marks deliveries and sends nothing. */
export async function runAct(
  { output, openDesk }: CliContext,
  verb: 'hold' | 'release' | 'cancel',
  reference: string,
  { json, ...options }: ActOptions,
): Promise<ExitCode> {
  const { desk } = await openDesk();
  const named = await findNamed(desk, reference, options);
  const act = await loadVerb(verb);
  return finishActed(desk, output, await act(desk, named), json);
}

async function loadVerb(
  verb: 'hold' | 'release' | 'cancel',
): Promise<(desk: Desk, named: readonly Delivery[]) => Promise<Acted[]>> {
  if (verb === 'cancel') return (await import('../desk/cancel.ts')).cancelDeliveries;
  const { holdDeliveries, releaseDeliveries } = await import('../desk/hold.ts');
  return verb === 'hold' ? holdDeliveries : releaseDeliveries;
}
