import type { Acted } from '../desk/act.ts';
import type { Desk } from '../desk/desk.ts';
import { findIssue } from '../desk/find-issue.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { CliContext, ExitCode } from './context.ts';
import { type DeliveryOptions, findNamed } from './delivery-options.ts';
import { finishActed } from './print-acted.ts';

export type ActOptions = DeliveryOptions & { readonly json?: boolean };

/**
 * `paperboy hold|release|cancel ISSUE|ID`: what marks and sends nothing. To hold something of an
 * issue everywhere is to decide about it, queued or not; all else is about deliveries.
 */
export async function runAct(
  { output, openDesk }: CliContext,
  verb: 'hold' | 'release' | 'cancel',
  reference: string,
  { json, ...options }: ActOptions,
): Promise<ExitCode> {
  const { desk } = await openDesk();
  let unknown: PaperboyError | undefined;
  if (verb !== 'cancel' && (await isAboutIssue(desk, reference, options))) {
    const { runHold } = await import('./hold.ts');
    const { paper, digest, news } = options;
    const which = {
      ...(paper === undefined ? {} : { paper }),
      ...(digest === undefined ? {} : { digest }),
      ...(news === undefined ? {} : { news }),
    };
    try {
      return await runHold(desk, output, verb, reference, { ...which, ...(json ? { json } : {}) });
    } catch (error) {
      if (!(error instanceof PaperboyError) || error.code !== 'paper.not-found') throw error;
      // The ledger may have a paper that the newest revision has no more.
      unknown = error;
    }
  }
  const named = await findNamed(desk, reference, options).catch((error: unknown) => {
    throw unknown ?? error;
  });
  const act = await loadVerb(verb);
  return finishActed(desk, output, await act(desk, named), json);
}

/** True for an issue of one's own, where neither a place nor a digest of several issues is named. */
async function isAboutIssue(
  desk: Desk,
  reference: string,
  { to, topic, month }: DeliveryOptions,
): Promise<boolean> {
  if (to !== undefined || topic !== undefined || month !== undefined) return false;
  const number = /^#?(\d{1,6})$/.exec(reference)?.[1];
  if (number === undefined && reference.toLowerCase() !== 'latest') return false;
  // Six digits may begin the id of a delivery.
  const isId = /^\d{6}$/.test(reference) && (await desk.archive.read(Number(number))) === undefined;
  return !isId && !(await findIssue(desk, reference)).isSample;
}

async function loadVerb(
  verb: 'hold' | 'release' | 'cancel',
): Promise<(desk: Desk, named: readonly Delivery[]) => Promise<Acted[]>> {
  if (verb === 'cancel') return (await import('../desk/cancel.ts')).cancelDeliveries;
  const { holdDeliveries, releaseDeliveries } = await import('../desk/hold.ts');
  return verb === 'hold' ? holdDeliveries : releaseDeliveries;
}
