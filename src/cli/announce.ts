import type { Desk } from '../desk/desk.ts';
import { listOrphans } from '../desk/orphans.ts';
import { findNext } from '../desk/plan/read-next-slots.ts';
import { formatTime } from '../schedule/parse-time.ts';
import { LANES, type Programme } from '../schedule/programme.ts';
import type { OpenBot, OpenConsole } from './context.ts';
import { printOrphans } from './orphans.ts';
import type { Output } from './output.ts';
import { printPauses } from './print-acted.ts';
import { hang } from './wrap.ts';

/** What makes a destination, by its name. */
const VARIABLES = {
  bluesky: 'Bluesky: BLUESKY_IDENTIFIER and BLUESKY_APP_PASSWORD',
  discord: 'Discord: DISCORD_TOKEN and DISCORD_CHANNEL_ID',
  mastodon: 'Mastodon: MASTODON_SERVER and MASTODON_ACCESS_TOKEN',
  webhook: 'A webhook: WEBHOOK_URL and WEBHOOK_SECRET',
} as const;
/** Of Discord, where the bot has its token already. */
const CHANNEL = 'Discord: DISCORD_CHANNEL_ID; the bot answers without it';
const LANE_NAMES = {
  papers: 'one paper at each slot of',
  digest: 'a digest at',
  news: 'the news at',
} as const;

/** Says what will happen by itself, how to go live, and what waits for a person. */
export async function announce(
  desk: Desk,
  bot: OpenBot | undefined,
  output: Output,
  pages: Pick<OpenConsole, 'host' | 'port'> | undefined,
): Promise<void> {
  announceSchedule(desk, output);
  announceApproval(desk, output);
  if (pages !== undefined) {
    output.line(`  serves    http://${pages.host}:${pages.port}: /healthz, /readyz, /metrics`);
  }
  const own = desk.destinations.filter(({ isFollowed }) => !isFollowed);
  // One that cannot be asked whose it is was set up all the same.
  const isLive = own.some((one) => one.isLive) || (desk.absent ?? []).length > 0;
  if (!isLive) {
    output.line(
      '\nEverything stays in that folder. To go live, run paperboy connect, or set these in .env:',
    );
    for (const [name, line] of Object.entries(VARIABLES)) {
      output.line(`  ${name === 'discord' && bot !== undefined ? CHANNEL : line}`);
    }
  }
  await printPauses(
    desk,
    output,
    own.map(({ key }) => key),
  );
  printOrphans(desk, output, await listOrphans(desk));
  output.line('\nRunning until Ctrl+C.\n');
}

/** Destinations with the same programme share a line. */
function announceSchedule(desk: Desk, output: Output): void {
  const groups = Map.groupBy(desk.scheduled, ({ name }) => describe(desk.programme(name)));
  for (const [said, destinations] of groups) {
    const names = groups.size > 1 ? `${destinations.map(({ name }) => name).join(', ')}: ` : '';
    const programme = desk.programme(destinations[0]?.name ?? '');
    const next = findNext(programme, desk.clock.now());
    const when =
      next === undefined
        ? 'which never comes: nothing is posted by the clock'
        : `next ${formatTime(next, programme.timeZone, desk.clock.now())} (${programme.timeZone})`;
    output.line(hang(`  schedule  ${names}${said}, ${when}`, '            '));
  }
}

function announceApproval({ approval }: Desk, { line }: Output): void {
  if (approval.kind === 'never') return;
  const said =
    approval.kind === 'always'
      ? 'nothing goes out by itself before an editor has approved it'
      : `what no editor has touched for ${approval.hours} hours is approved by itself`;
  line(`  approval  ${said}`);
}

function describe({ crons }: Programme): string {
  const lanes = LANES.toReversed().filter((lane) => crons[lane].length > 0);
  if (lanes.length === 0) return 'no slots';
  return lanes
    .map((lane) => `${LANE_NAMES[lane]} ${crons[lane].map((cron) => `“${cron}”`).join(' and ')}`)
    .join('; ');
}
