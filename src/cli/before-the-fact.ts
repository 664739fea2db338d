import { type Command, InvalidArgumentError } from 'commander';
import type { CliContext, ExitCode } from './context.ts';

const JSON_OPTION = ['--json', 'print JSON for programs'] as const;
const MOST_WEEKS = 52;

/**
 * Gives the program the commands about what is to be posted. Each is loaded when it is called;
 * `done` is told its exit code.
 */
export function addBeforeTheFact(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('plan')
    .description('a calendar of what goes out when, and of what waits for an editor')
    .option('--weeks <n>', 'so many weeks; 4 without it', parseWeeks)
    .option('--to <destination>', 'of one destination; of all without it')
    .option('--ics [file]', 'write it as a calendar file; without one, or as -, to standard output')
    .option(...JSON_OPTION)
    .addHelpText('after', PLAN_HELP)
    .action(async (options) => {
      const { runPlan } = await import('./plan.ts');
      done(await runPlan(context, options));
    });
  program
    .command('approve')
    .description('let the clock post an issue, or one item of it, where it waits for an editor')
    .argument('<issue>', 'a number or latest')
    .option('--paper <slug>', 'one paper: its slug, or words of its title')
    .option('--digest', 'the digest of the issue')
    .option('--news', 'the news of the issue')
    .option(...JSON_OPTION)
    .addHelpText('after', APPROVE_HELP)
    .action(async (issue: string, options) => {
      const { runApprove } = await import('./approve.ts');
      done(await runApprove(context, issue, options));
    });
  program
    .command('order')
    .description('put papers of an issue first, in the order in which they are named')
    .argument('<issue>', 'a number or latest')
    .argument('<slug...>', 'a slug, or words of a title, for each')
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: paperboy order 93 tensorlens quantization')
    .action(async (issue: string, papers: string[], options) => {
      const { runOrder } = await import('./order.ts');
      done(await runOrder(context, issue, papers, options));
    });
}

const PLAN_HELP = `
It is drawn from the schedule in paperboy.yaml and from what is in the archive now; nothing is
queued before its time. What waits for an editor is in its place as if it were approved, and marked.
Examples:
  paperboy plan --weeks 8 --to bluesky
  paperboy plan --ics plan.ics            for a calendar; importing it again updates it`;

const APPROVE_HELP = `
What somebody holds is approved only by its name. Other words need another approval.
Examples:
  paperboy approve 93                     all of it that waits
  paperboy approve 93 --paper distillation`;

function parseWeeks(text: string): number {
  const weeks = Number(text);
  if (Number.isInteger(weeks) && weeks >= 1 && weeks <= MOST_WEEKS) return weeks;
  throw new InvalidArgumentError(`It must be a number of weeks, 1 to ${MOST_WEEKS}.`);
}
