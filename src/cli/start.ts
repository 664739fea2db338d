import { readdir, readFile } from 'node:fs/promises';
import type { Delivered } from '../delivery/courier.ts';
import type { Desk } from '../desk/desk.ts';
import { importToArchive } from '../desk/import.ts';
import { listOrphans } from '../desk/orphans.ts';
import { resumeFollows } from '../desk/resume-follows.ts';
import { formatTime } from '../schedule/parse-time.ts';
import { findNextSlot } from '../schedule/slots.ts';
import type { CliContext, ExitCode, OpenBot, OpenDesk } from './context.ts';
import { describeDelivery, describeRemedy, makeWords, nameDelivery } from './describe-delivery.ts';
import { HEARTBEAT_MS, writeHeartbeat } from './heartbeat.ts';
import { isSpoken } from './is-spoken.ts';
import { makePlanner } from './make-planner.ts';
import { printOrphans } from './orphans.ts';
import { count, type Output } from './output.ts';
import { printPauses } from './print-acted.ts';
import { type StopSignals, watchStopSignals } from './stop-signals.ts';
import { announceSources, watchSources } from './watch-sources.ts';
import { hang } from './wrap.ts';

/** The samples that come with Paperboy, so that it has something to show without any issue. */
const SAMPLES = new URL('../../issues/', import.meta.url);
/** What makes a destination, by its name. */
const VARIABLES = {
  bluesky: 'Bluesky: BLUESKY_IDENTIFIER and BLUESKY_APP_PASSWORD',
  discord: 'Discord: DISCORD_TOKEN and DISCORD_CHANNEL_ID',
  mastodon: 'Mastodon: MASTODON_SERVER and MASTODON_ACCESS_TOKEN',
  webhook: 'A webhook: WEBHOOK_URL and WEBHOOK_SECRET',
} as const;
/** Of Discord, where the bot has its token already. */
const CHANNEL = 'Discord: DISCORD_CHANNEL_ID; the bot answers without it';
const MOST_NAMED = 3;
const PLAN_CHECK_MS = 60_000;

/**
 * `paperboy start`: runs schedule and delivery until a signal, on which the post in hand is
 * finished, if that is a matter of seconds. Without any issue in the archive it begins with the
 * samples.
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
  const plan = makePlanner(open, bot);
  await plan();
  await announce(desk, bot, output);
  const { schedule } = await import('node-cron');
  const task = schedule(desk.schedule.cron, plan, {
    timezone: desk.schedule.timeZone,
    suppressMissedWarning: true,
  });
  const heart = (): Promise<void> => writeHeartbeat(folders.data, desk.clock.now(), log);
  const beat = setInterval(() => void heart(), HEARTBEAT_MS);
  // The clock may have been set, or the machine asleep: then node-cron's timer came early or never.
  const check = setInterval(() => void plan(), PLAN_CHECK_MS);
  await heart();
  const [code] = await Promise.all([
    answer(bot, open, output, stop),
    desk.courier.run(stop.signal, (delivered) => tell(desk, output, delivered)),
    watchSources(open, sources, output, stop.signal, plan),
  ]);
  clearInterval(beat);
  clearInterval(check);
  await task.destroy();
  return code;
}

/**
 * Answers members until the signal. A bot that Discord will not have is no reason to keep the rest
 * from its work; where there is no rest, the process ends.
 */
async function answer(
  bot: OpenBot | undefined,
  { desk, log }: OpenDesk,
  output: Output,
  stop: StopSignals,
): Promise<ExitCode> {
  if (bot === undefined) return 0;
  const { runStartBot } = await import('./start-bot.ts');
  const code = await runStartBot({ ...bot, log, output }, stop.signal);
  const hasRest = desk.scheduled.some(({ isLive, platform }) => isLive && platform !== 'discord');
  if (code !== 0 && !hasRest) stop.stop();
  return code;
}

async function greet({ desk, folders }: OpenDesk, output: Output): Promise<void> {
  const { style } = output;
  output.line(style('bold', 'Paperboy delivers research papers.'));
  output.line(`  data      ${folders.data}`);
  const { absent = [] } = desk;
  const hasLive = absent.length > 0 || desk.scheduled.some(({ isLive }) => isLive);
  if ((await desk.archive.listRevisions()).length === 0 && !hasLive) {
    await importSamples(desk, output);
  }
  output.line(`  archive   ${await describeArchive(desk)}`);
  const scheduled = desk.scheduled.map(({ name }) =>
    name === 'folder' ? `folder ${folders.posts}` : name,
  );
  output.line(`  posts to  ${scheduled.length === 0 ? 'nothing for now' : scheduled.join(', ')}`);
  for (const { name, reason, remedy } of absent) {
    output.line(
      hang(`${style('red', '✗')} ${name} takes nothing until the next start: ${reason}`, '  '),
    );
    output.line(hang(`    → ${remedy}`, '      '));
  }
  for (const { name } of desk.scheduled) {
    const [language = 'en'] = desk.format(name).languages;
    if (isSpoken(language)) continue;
    output.line(
      `  language  ${name}: the fixed words are English, as there are none in “${language}”`,
    );
  }
}

/** Reads the newest issues alone: an archive may have thousands. */
async function describeArchive({ archive }: Desk): Promise<string> {
  const numbers = (await archive.listRevisions()).map(({ number }) => number);
  if (numbers.length === 0) return 'empty; import an issue: paperboy import FILE';
  const names: string[] = [];
  for (const number of numbers.sort((a, b) => b - a).slice(0, MOST_NAMED)) {
    const isSample = (await archive.read(number))?.isSample;
    names.push(`#${number}${isSample ? ' (sample)' : ''}`);
  }
  const more = numbers.length > MOST_NAMED ? ', …' : '';
  return `${count(numbers.length, 'issue')}: ${names.join(', ')}${more}`;
}

async function importSamples(desk: Desk, output: Output): Promise<void> {
  const names = (await readdir(SAMPLES)).filter((name) => name.endsWith('.txt')).sort();
  for (const name of names) {
    const bytes = await readFile(new URL(name, SAMPLES));
    const { issue, findings } = await importToArchive(desk, bytes, { isSample: true });
    if (issue === undefined) continue;
    const noted = findings.length === 0 ? '' : `, ${count(findings.length, 'note')}`;
    output.line(
      `  imported  sample #${issue.number} ${issue.title}: ${count(issue.papers.length, 'paper')}, ${issue.news.length} news${noted}`,
    );
  }
}

async function announce(desk: Desk, bot: OpenBot | undefined, output: Output): Promise<void> {
  const { cron, timeZone } = desk.schedule;
  const next = findNextSlot(desk.schedule, desk.clock.now());
  output.line(
    next === undefined
      ? `  schedule  “${cron}” never comes: nothing is posted by the clock`
      : `  schedule  one paper at each slot of “${cron}”, next ${formatTime(next, timeZone, desk.clock.now())} (${timeZone})`,
  );
  const names = new Set([...desk.destinations, ...(desk.absent ?? [])].map(({ name }) => name));
  const missing = Object.entries(VARIABLES).filter(([name]) => !names.has(name));
  if (missing.length > 0) {
    const only =
      missing.length === Object.keys(VARIABLES).length ? 'Everything stays in that folder. ' : '';
    output.line(`\n${only}To go live, set these in .env or the environment and start again:`);
    for (const [name, line] of missing) {
      output.line(`  ${name === 'discord' && bot !== undefined ? CHANNEL : line}`);
    }
  }
  await printPauses(
    desk,
    output,
    desk.destinations.filter(({ isFollowed }) => !isFollowed).map(({ key }) => key),
  );
  printOrphans(desk, output, await listOrphans(desk));
  output.line('\nRunning until Ctrl+C.\n');
}

function tell(desk: Desk, output: Output, { claim, outcome, isSettled }: Delivered): void {
  if (!isSettled) return;
  const { delivery } = claim;
  const words = makeWords(desk);
  const name = nameDelivery(delivery, words);
  switch (outcome.kind) {
    case 'sent': {
      const sent = { ...delivery, state: 'sent', receipt: outcome.receipt } as const;
      output.line(hang(`${output.style('green', '✓')} ${describeDelivery(sent, words)}`, '  '));
      return;
    }
    case 'retracted':
      output.line(`${output.style('green', '✓')} ${name} was taken back`);
      return;
    case 'refused': {
      const refused = { ...delivery, ...outcome, state: 'refused' } as const;
      output.line(hang(`${output.style('red', '✗')} ${describeDelivery(refused, words)}`, '  '));
      output.line(hang(`    → ${describeRemedy(refused, words) ?? outcome.remedy}`, '      '));
      if (outcome.isClosed)
        output.line(
          `    ${words.place(delivery.destination)} is paused: nothing else is tried there`,
        );
      return;
    }
    case 'unavailable':
    case 'unknown':
      output.line(hang(`${output.style('yellow', '…')} ${name}: ${outcome.reason}`, '  '));
      output.line(`    next try ${words.at(outcome.retryAt)}`);
  }
}
