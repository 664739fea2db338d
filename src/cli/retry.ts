import type { Acted } from '../desk/act.ts';
import type { Desk } from '../desk/desk.ts';
import { findDestination } from '../desk/find-destination.ts';
import { listOrphans, namePlatform } from '../desk/orphans.ts';
import { retryDeliveries, retryDestination } from '../desk/retry.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { ActOptions } from './act.ts';
import type { CliContext, ExitCode } from './context.ts';
import { type DeliveryOptions, findNamed } from './delivery-options.ts';
import { printOrphans } from './orphans.ts';
import type { Output } from './output.ts';
import { deliverActed, printActed } from './print-acted.ts';

/** `paperboy retry [ISSUE|ID] [--to DESTINATION]` */
export async function runRetry(
  { output, openDesk }: CliContext,
  reference: string | undefined,
  { json, ...options }: ActOptions,
): Promise<ExitCode> {
  const { desk } = await openDesk();
  // What was cancelled before its time goes out at that time, and not before.
  const isEnd = ({ state, task, dueAt }: Acted['delivery']): boolean =>
    state === 'sent' ||
    state === 'retracted' ||
    (state === 'planned' && task === 'publish' && dueAt > desk.clock.now());
  const how = { ...(json ? { json } : {}), isEnd };
  if (reference !== undefined) {
    const named = await findNamed(desk, reference, options);
    const wide = { isWide: options.all ?? false };
    return deliver(desk, output, await retryDeliveries(desk, named, wide), how);
  }
  const { wasPaused, acted } = await retryAt(desk, options);
  if (!json && wasPaused)
    output.line(`${output.style('green', '✓')} ${options.to} is paused no more`);
  if (!json && acted.length === 0) output.note(`Nothing is refused at ${options.to}.`);
  const code = acted.length === 0 && !json ? 0 : await deliver(desk, output, acted, how);
  // What a former channel or address refused is what a person may have in mind.
  const platform = namePlatform(options.to ?? '');
  const orphans = (await listOrphans(desk)).filter(({ key }) => namePlatform(key) === platform);
  if (!json) printOrphans(desk, output, orphans);
  if (orphans.length > 0) return 1;
  return acted.length === 0 ? 0 : code;
}

/** Says of what goes out in older words than the newest that it does, before it does. */
function deliver(
  desk: Desk,
  output: Output,
  acted: readonly Acted[],
  how: Parameters<typeof deliverActed>[3],
): Promise<ExitCode> {
  const isOlder = ({ outcome, command }: Acted): boolean =>
    command !== undefined && (outcome === 'done' || outcome === 'already');
  if (!how.json) printActed(desk, output, acted.filter(isOlder));
  return deliverActed(desk, output, acted, how);
}

async function retryAt(
  desk: Desk,
  { to, ...options }: DeliveryOptions,
): ReturnType<typeof retryDestination> {
  if (to === undefined || Object.keys(options).length > 0) {
    throw new PaperboyError(
      'delivery.unnamed',
      'Cannot try again as it is not said what',
      'Name an issue or an id, or everything that one destination refused: paperboy retry --to discord',
    );
  }
  return retryDestination(desk, findDestination(desk, to, 'retry at'));
}
