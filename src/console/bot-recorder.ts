import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { BotObserver } from '../bot/bot-observer.ts';
import type { Clock } from '../kit/clock.ts';
import { type GatewayState, makeGatewayState } from './gateway-state.ts';

/** "paper", "paper.press": what is not of this kind was not asked for by a command of ours. */
const COMMAND = /^[a-z-]{1,32}(?:\.[a-z]{1,16})?$/;
/** More names than the bot has commands and ways to use them are somebody's invention. */
const MOST_COMMANDS = 100;
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 1.5, 3, 10, 60];

export type BotRecorder = {
  /** For `runBot`. Never throws. */
  readonly observer: BotObserver;
  readonly gateway: Pick<GatewayState, 'isOnline' | 'isRefused' | 'changedAt'>;
};

/** Counts what the bot does, and knows whether it is online. */
export function makeBotRecorder(registry: Registry, clock: Pick<Clock, 'now'>): BotRecorder {
  const registers = [registry];
  new Gauge({
    name: 'paperboy_gateway_up',
    help: '1 while the gateway of Discord serves the bot, else 0. Not there without a bot.',
    registers,
    collect() {
      this.set(gateway.isOnline() ? 1 : 0);
    },
  });
  const reconnects = new Counter({
    name: 'paperboy_gateway_reconnects_total',
    help: 'How often the bot came back online after its connection was lost.',
    registers,
  });
  const gateway = makeGatewayState(clock, () => reconnects.inc());
  const interactions = new Counter({
    name: 'paperboy_interactions_total',
    help: 'What members asked the bot, by command. failed: answered with a word of regret; late: not in the time that Discord gives; unanswered: not at all.',
    labelNames: ['command', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'paperboy_interaction_seconds',
    help: 'How long it took until a member had the whole answer.',
    buckets: SECONDS,
    registers,
  });
  const known = new Set<string>();
  const nameCommand = (name: string): string => {
    if (!known.has(name) && (known.size >= MOST_COMMANDS || !COMMAND.test(name))) return 'other';
    known.add(name);
    return name;
  };
  return {
    gateway,
    observer: {
      online: gateway.online,
      offline: gateway.offline,
      refused: gateway.refused,
      answered: (command, outcome, elapsedMs) => {
        interactions.inc({ command: nameCommand(command), outcome });
        seconds.observe(Math.max(0, elapsedMs) / 1000);
      },
    },
  };
}
