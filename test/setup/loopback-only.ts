import { Socket } from 'node:net';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\]|::ffff:127(?:\.\d{1,3}){3})$/i;

/*
 * Leaving loopback fails the run: every TCP connection of this process, by whatever client, goes
 * through Socket.connect. Child processes get the same by `--import` of this file.
 */
const connect = Socket.prototype.connect;
Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]): Socket {
  const [first] = (Array.isArray(args[0]) ? args[0] : args) as unknown[];
  const options = typeof first === 'object' && first !== null ? first : {};
  const host =
    'host' in options ? options.host : typeof first === 'number' ? (args[1] ?? '') : undefined;
  const isPath = 'path' in options && typeof options.path === 'string';
  if (!isPath && typeof host === 'string' && host !== '' && !LOOPBACK.test(host)) {
    throw new Error(`A test tried to leave this machine: ${host}`);
  }
  return Reflect.apply(connect, this, args) as Socket;
};
