import type { BotFaults } from '../bot/run-bot.ts';

/** Frames of the gateway's client in a stack. */
const CLIENT = /[\\/]node_modules[\\/](?:@discordjs[\\/]ws|discord\.js)[\\/]/;

/**
 * Hears what the gateway's client throws where nobody can catch it: discord.js 14.28.1 does when a
 * session is invalidated while it reads an event. That is a lost connection, and no reason to end
 * the process; every other fault ends it as before.
 */
export function watchFaults(): BotFaults & { stop(): void } {
  const listeners = new Set<(error: Error) => void>();
  const onFault = (error: Error): void => {
    if (listeners.size > 0 && CLIENT.test(error.stack ?? '')) {
      for (const listener of listeners) listener(error);
      return;
    }
    // Whoever else listens ends the process in its own words.
    process.off('uncaughtException', onFault);
    const others = process.listeners('uncaughtException');
    if (others.length === 0) throw error;
    for (const other of others) other(error, 'uncaughtException');
  };
  process.on('uncaughtException', onFault);
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => void process.off('uncaughtException', onFault),
  };
}
