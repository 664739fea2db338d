import { resolveDeliveries, type Seen } from '../desk/resolve.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { ActOptions } from './act.ts';
import type { CliContext, ExitCode } from './context.ts';
import { findNamed } from './delivery-options.ts';
import { deliverActed } from './print-acted.ts';

export type ResolveOptions = ActOptions & {
  /** False for --not-sent. */
  readonly sent?: boolean;
  readonly notSent?: boolean;
  readonly url?: string;
};

/** `paperboy resolve ISSUE|ID --sent|--not-sent` */
export async function runResolve(
  { output, openDesk }: CliContext,
  reference: string,
  { json, sent, notSent, url, ...options }: ResolveOptions,
): Promise<ExitCode> {
  const seen = readSeen(sent ?? false, notSent ?? false, url);
  const { desk } = await openDesk();
  const named = await findNamed(desk, reference, options);
  const acted = await resolveDeliveries(desk, named, seen);
  return deliverActed(desk, output, acted, {
    ...(json ? { json } : {}),
    isEnd: ({ state }) => state === 'sent' || state === 'retracted',
  });
}

function readSeen(isSent: boolean, isNotSent: boolean, url: string | undefined): Seen {
  if (isSent === isNotSent) {
    throw new PaperboyError(
      'seen.missing',
      'Cannot resolve it as it is not said what you have seen there',
      'Look at the place, then give --sent if all of it is there, or --not-sent if nothing is.',
    );
  }
  if (isNotSent && url !== undefined) {
    throw new PaperboyError(
      'seen.missing',
      'Cannot use --url with --not-sent as what is not there has no address',
      'Leave --url out, or give --sent.',
    );
  }
  if (!isSent) return { kind: 'not sent' };
  if (url === undefined) return { kind: 'sent' };
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return { kind: 'sent', url };
  throw new PaperboyError(
    'url.unreadable',
    `Cannot keep “${url}” as it is no http(s) address`,
    'Copy the address of the first post, or leave --url out.',
  );
}
