import type { BotObserver } from '../bot/bot-observer.ts';
import { resumeFollows } from '../desk/resume-follows.ts';
import { describeError } from '../kit/errors.ts';
import { announce } from './announce.ts';
import type { CliContext, ExitCode, OpenBot, OpenDesk } from './context.ts';
import { greet } from './greet.ts';
import { HEARTBEAT_MS, removeHeartbeat, writeHeartbeat } from './heartbeat.ts';
import { makePlanner } from './make-planner.ts';
import type { Output } from './output.ts';
import { type StopSignals, watchStopSignals } from './stop-signals.ts';
import { tellDelivered } from './tell-delivered.ts';
import { announceSources, watchSources } from './watch-sources.ts';

const PLAN_CHECK_MS = 60_000;
const PRUNE_MS = 24 * 60 * 60 * 1000;

/**
 * `paperboy start`: runs schedule and delivery until a signal, on which the post in hand is
 * finished, if that is a matter of seconds. Where nothing is set up and no issue in the archive, it
 * begins with the samples.
 */
export async function runStart(context: CliContext): Promise<ExitCode> {
  const { output } = context;
  const stop = watchStopSignals(output);
  const finished = await stop.finish(serve(context, stop));
  if (finished.kind === 'overdue') {
    output.note('Left with something in hand that did not end: it is looked up at the next start.');
    return 1;
  }
  output.line('Stopped. Nothing is half done; what is queued goes out after the next start.');
  return finished.value;
}

async function serve(context: CliContext, stop: StopSignals): Promise<ExitCode> {
  const { output } = context;
  const open = await context.openDesk(true);
  const { desk, log, folders } = open;
  stop.onSignal((signal) => log.info({ signal }, 'process.stopping'));
  if (stop.signal.aborted) return 0;
  const sources = await open.openSources();
  await greet(open, output);
  announceSources(output, sources);
  const bot = await open.openBot();
  if (bot !== undefined) await resumeFollows(bot.followDesk);
  const onRole = (isActive: boolean): void => {
    if (!isActive)
      output.line('Another process plans on this data; this one delivers and answers.');
    else if (isGreeted) output.line('No other process plans any more: this one plans now.');
  };
  let isGreeted = false;
  const planner = makePlanner({ ...open, bot, onRole });
  const pages = await open.openConsole(planner.isActive);
  const plan = async (): Promise<void> => {
    const isDone = await planner.plan();
    // A database that is broken for now is no reason to start the process anew.
    pages?.beat('planner', isDone);
  };
  await plan();
  isGreeted = true;
  await announce(desk, bot, output, pages);
  const { schedule } = await import('node-cron');
  // Slots are whole minutes, whatever their zone: each is looked at as it begins.
  const task = schedule('* * * * *', plan, { suppressMissedWarning: true });
  const heart = (): Promise<void> => writeHeartbeat(folders.data, desk.clock.now(), log);
  const beat = setInterval(() => void heart(), HEARTBEAT_MS);
  // The clock may have been set, or the machine asleep: then node-cron's timer came early or never.
  const check = setInterval(() => void plan(), PLAN_CHECK_MS);
  await heart();
  const prune = async (): Promise<void> => {
    if (planner.isActive()) await pruneHistory(open);
  };
  const clean = setInterval(() => void prune(), PRUNE_MS);
  void prune();
  const [code] = await Promise.all([
    answer(bot, open, output, { stop, observer: pages?.observer }),
    desk.courier.run(
      stop.signal,
      (delivered) => {
        pages?.delivered(delivered);
        tellDelivered(desk, output, delivered);
      },
      () => pages?.beat('courier'),
    ),
    // Two processes would read the same feeds twice and take files out of each other's hands.
    planner.whileActive(stop.signal, (signal) => watchSources(open, sources, output, signal, plan)),
  ]);
  clearInterval(beat);
  clearInterval(check);
  clearInterval(clean);
  await task.destroy();
  await planner.stop();
  await pages?.close();
  await removeHeartbeat(folders.data);
  return code;
}

type Serving = { readonly stop: StopSignals; readonly observer: BotObserver | undefined };

async function pruneHistory({ prune, log }: Pick<OpenDesk, 'prune' | 'log'>): Promise<void> {
  try {
    const removed = Object.values(await prune()).reduce((sum, rows) => sum + rows, 0);
    if (removed > 0) log.info({ rows: removed }, 'history.pruned');
  } catch (error) {
    log.error({ reason: describeError(error) }, 'history.failed');
  }
}

/**
 * Answers members until the signal. A bot that Discord will not have is no reason to keep the rest
 * from its work; where there is no rest, the process ends.
 */
async function answer(
  bot: OpenBot | undefined,
  { desk, log }: OpenDesk,
  output: Output,
  { stop, observer }: Serving,
): Promise<ExitCode> {
  if (bot === undefined) return 0;
  const { runStartBot } = await import('./start-bot.ts');
  const parts = { ...bot, log, output, ...(observer === undefined ? {} : { observer }) };
  const code = await runStartBot(parts, stop.signal);
  const hasRest = desk.scheduled.some(({ isLive, platform }) => isLive && platform !== 'discord');
  if (code !== 0 && !hasRest) stop.stop();
  return code;
}
