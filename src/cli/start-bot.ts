import { commands } from '../../commands/index.ts';
import type { Facts } from '../archive/facts.ts';
import type { BotObserver } from '../bot/bot-observer.ts';
import type { BotAccount } from '../bot/client.ts';
import { runBot } from '../bot/run-bot.ts';
import type { BotDesk } from '../desk/bot-desk.ts';
import type { EditorDesk } from '../desk/editor-desk.ts';
import type { Log } from '../kit/log.ts';
import { REFUSED } from './context.ts';
import type { Output } from './output.ts';
import { watchFaults } from './watch-faults.ts';

export type BotStart = {
  readonly account: BotAccount;
  readonly desk: BotDesk;
  /** What editors work with on Discord, where they are configured. */
  readonly editorDesk?: EditorDesk | undefined;
  readonly facts?: Facts | undefined;
  readonly onEditorActed?: (() => void) | undefined;
  readonly log: Log;
  readonly output: Output;
  readonly observer?: BotObserver;
};

/**
 * Runs the bot until `signal` aborts, beside whatever else the process does. The exit code is 0
 * then, and 78 where Discord will not have the bot: a message says why and what to do.
 */
export async function runStartBot(
  { account, desk, editorDesk, facts, onEditorActed, log, output, observer }: BotStart,
  signal: AbortSignal,
): Promise<0 | typeof REFUSED> {
  const onReady = (): void => output.line(`${output.style('green', '✓')} the bot is online`);
  const hears = observer === undefined ? {} : { observer };
  const ofEditors = { editorDesk, facts, onEditorActed };
  const parts = {
    account,
    desk,
    commands,
    clock: desk.clock,
    log,
    onReady,
    ...hears,
    ...ofEditors,
  };
  const faults = watchFaults();
  const end = await runBot({ ...parts, faults }, signal);
  faults.stop();
  if (end.kind === 'stopped') return 0;
  observer?.refused();
  log.error({ reason: end.reason }, 'bot.refused');
  output.note(`${output.style('red', '✗')} Cannot run the bot as ${end.reason}.`);
  output.note(`  → ${end.remedy}`);
  return REFUSED;
}
