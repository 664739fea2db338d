import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describeError } from '../kit/errors.ts';
import { fault, type Seen, well } from './check.ts';

/** Whether a receiver can be connected to. Nothing is sent, as it would be taken for a post. */
export async function checkWebhook(
  { name, url }: { readonly name: string; readonly url: string },
  signal: AbortSignal,
): Promise<Seen> {
  const target = new URL(url);
  const isSafe = target.protocol === 'https:';
  try {
    await knock(target, isSafe, signal);
    const how = isSafe ? 'can be connected to, with a good certificate' : 'can be connected to';
    const said = `${name}: ${target.host} ${how}; nothing is sent, so that it takes events is not known`;
    return well('doctor.webhook', said);
  } catch (error) {
    return fault(
      'doctor.webhook-unreachable',
      `${name}: ${target.host} cannot be connected to: ${describeError(error)}`,
      'Look whether WEBHOOK_URL is right and the receiver runs, and its certificate is good',
    );
  }
}

function knock({ hostname, port }: URL, isSafe: boolean, signal: AbortSignal): Promise<void> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const number = Number(port || (isSafe ? 443 : 80));
  // A name is sent along so that the right certificate comes; an address is none.
  const isName = !/^[\d.]+$|:/.test(host);
  const socket: Socket = isSafe
    ? connectTls({ host, port: number, ...(isName ? { servername: host } : {}) })
    : connectTcp({ host, port: number });
  const onAbort = (): void => {
    socket.destroy();
    reject(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  socket.once(isSafe ? 'secureConnect' : 'connect', () => resolve());
  socket.once('error', reject);
  return promise.finally(() => {
    signal.removeEventListener('abort', onAbort);
    socket.destroy();
  });
}
