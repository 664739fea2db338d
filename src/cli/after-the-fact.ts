import { type Command, Option } from 'commander';
import type { CliContext, ExitCode } from './context.ts';
import { addDeliveryOptions } from './delivery-options.ts';
import { addItemOptions } from './item-options.ts';
import { parseState } from './state-style.ts';

const WHICH = 'an issue (93, latest), or the id of a delivery as status and queue show it';
const JSON_OPTION = ['--json', 'print JSON for programs'] as const;

/**
 * Gives the program the commands about what was posted, or is queued. Each is loaded when it is
 * called; `done` is told its exit code.
 */
export function addAfterTheFact(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('status')
    .description('what needs a person, what is next and what went out, on one screen')
    .option(...JSON_OPTION)
    .action(async (options) => {
      const { runStatus } = await import('./status.ts');
      done(await runStatus(context, options));
    });
  program
    .command('queue')
    .description('list every delivery: what is queued, what went out and what needs a person')
    .option('--state <state>', 'only those in a state: refused', parseState)
    .option(...JSON_OPTION)
    .action(async (options) => {
      const { runQueue } = await import('./queue.ts');
      done(await runQueue(context, options));
    });
  addDeliveryOptions(
    program
      .command('history')
      .description('everything that happened to a delivery, and what was decided about an issue')
      .argument('<which>', WHICH),
  )
    .option(...JSON_OPTION)
    .addHelpText('after', '\nExample: paperboy history 93 --paper distillation --to discord')
    .action(async (which: string, options) => {
      const { runHistory } = await import('./history.ts');
      done(await runHistory(context, which, options));
    });
  addItemOptions(
    program
      .command('correct')
      .description('put the newest revision in the place of an older one that was posted')
      .argument('<issue>', 'a number or latest')
      .argument('[file]', 'a file with the words of an answer, or - for standard input'),
  )
    .option('--all', 'every paper of the issue')
    .option('--to <destination>', 'at one destination; without it at every one')
    .addOption(
      new Option(
        '--how <how>',
        'edit, repost or reply, where there is a choice (Bluesky: repost or reply)',
      ).choices(['edit', 'repost', 'reply']),
    )
    .option('--words <text>', 'what an answer says')
    .option(...JSON_OPTION)
    .addHelpText('after', CORRECT_HELP)
    .action(async (issue: string, file: string | undefined, options) => {
      const { runCorrect } = await import('./correct.ts');
      done(await runCorrect(context, issue, file, options));
    });
  addDeliveryOptions(
    program
      .command('retract')
      .description('take a delivery back from every platform it went to')
      .argument('<which>', WHICH),
  )
    .option(...JSON_OPTION)
    .addHelpText('after', RETRACT_HELP)
    .action(async (which: string, options) => {
      const { runRetract } = await import('./retract.ts');
      done(await runRetract(context, which, options));
    });
  addDeliveryOptions(
    program
      .command('retry')
      .description('try again what was refused or cancelled, or what waits for its next attempt')
      .argument('[which]', `${WHICH}; all that --to refused without it`),
  )
    .option(...JSON_OPTION)
    .addHelpText('after', RETRY_HELP)
    .action(async (which: string | undefined, options) => {
      const { runRetry } = await import('./retry.ts');
      done(await runRetry(context, which, options));
    });
  program
    .command('move')
    .description('queue what waits or was refused at a place for another, and cancel it there')
    .requiredOption('--from <place>', 'a place as status names it, or a part of its name')
    .option('--to <destination>', 'where it is to go; without it to that platform’s destination')
    .option(...JSON_OPTION)
    .addHelpText('after', MOVE_HELP)
    .action(async (options) => {
      const { runMove } = await import('./move.ts');
      done(await runMove(context, options));
    });
  for (const [verb, description] of [
    ['hold', 'keep something from going out, queued or not, until it is released'],
    ['release', 'let what is held go out in its turn'],
    ['cancel', 'take what has not gone out out of the line'],
  ] as const) {
    addDeliveryOptions(program.command(verb).description(description).argument('<which>', WHICH))
      .option(...JSON_OPTION)
      .addHelpText('after', `\nExample: paperboy ${verb} 93 --paper distillation --to bluesky`)
      .action(async (which: string, options) => {
        const { runAct } = await import('./act.ts');
        done(await runAct(context, verb, which, options));
      });
  }
  addDeliveryOptions(
    program
      .command('resolve')
      .description('say what you have seen of a delivery whose fate is not known, or was refused')
      .argument('<which>', WHICH),
  )
    .option('--sent', 'all of it is in place')
    .option('--not-sent', 'nothing of it is in place')
    .option('--url <url>', 'the address of its first post, with --sent')
    .option(...JSON_OPTION)
    .addHelpText('after', RESOLVE_HELP)
    .action(async (which: string, options) => {
      const { runResolve } = await import('./resolve.ts');
      done(await runResolve(context, which, options));
    });
}

const CORRECT_HELP = `
Import the corrected issue first (import --revise), or put words of your own in place (edit).
  edit    the posts stay, and their words are changed: Discord, Mastodon, a folder, a webhook
  repost  Bluesky: the old thread goes, with its likes, replies and links; a new one comes
  reply   Bluesky: the old thread stays, and your words are added under it
Examples:
  paperboy correct 93 --paper distillation --to discord
  paperboy correct 93 --paper distillation --to bluesky --how reply --words "The name is Ito."`;

const RETRACT_HELP = `
What was posted is deleted there, with its corrections and answers; what was not sent yet is
cancelled. To have it there again: paperboy post ISSUE --paper WORDS
Examples:
  paperboy retract 93 --paper distillation                everywhere
  paperboy retract 93 --paper distillation --to bluesky
  paperboy retract 3f9a8b2c`;

const RETRY_HELP = `
What an editor holds is held, and goes out once it is released. Where new words wait for an editor,
those go out that were approved.
Examples:
  paperboy retry 3f9a8b2c       one delivery
  paperboy retry --to discord   all that Discord refused, after its credentials were put right`;

const MOVE_HELP = `
For a channel, address or account that was given up for another: what was sent there stays, all else
goes out at the new one, in the same order: in the newest words that may go out. What an editor holds
is held there.
Example: paperboy move --from discord/1234 --to discord`;

const RESOLVE_HELP = `
Look at the place with your own eyes first.
  --sent      It counts as posted, and is not sent again. The address is kept in its history;
              retracting it later finds only what Paperboy can recognise there.
  --not-sent  It is sent now, without another look: if something of it is there after all, it is
              there twice. What an editor holds is held. What was to be taken back counts as gone.
Example: paperboy resolve 3f9a8b2c --sent --url https://bsky.app/profile/me/post/3k2`;
