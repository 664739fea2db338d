import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { explainDatabaseError } from '../database/explain-error.ts';
import { FORMATS } from '../issue/detect-format.ts';
import { PaperboyError } from '../kit/errors.ts';
import { addAfterTheFact } from './after-the-fact.ts';
import { addBeforeTheFact } from './before-the-fact.ts';
import type { CliContext, ExitCode } from './context.ts';
import { addItemOptions, parseLength } from './item-options.ts';

const EXAMPLES = `
An ISSUE is 93, #93 or latest. Examples:
  paperboy import issue.md                read an issue, see what is doubtful, keep it
  paperboy preview latest --to bluesky    see its posts as followers will
  paperboy post 93 --paper distillation   post one paper now
  paperboy search distillation            find papers in all issues
  paperboy plan                           what goes out when, in the coming four weeks
  paperboy approve latest                 let the clock post it, where it waits for you
  paperboy status                         what went out, what is next, what needs you
  paperboy start                          run the schedule`;

/**
 * The command line. Each command is loaded when it is called, so that `--help` costs nothing.
 * Returns the exit code: 0 only if the command did what was asked.
 */
export async function runCommandLine(
  context: CliContext,
  version: string,
  argv: readonly string[],
): Promise<number> {
  let exitCode: ExitCode = 0;
  const program = new Command('paperboy')
    .description('Delivers research papers: newsletter issues in, posts out.')
    .version(version)
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError()
    .showHelpAfterError('See: paperboy --help')
    .exitOverride();
  const json = ['--json', 'print JSON for programs'] as const;

  program
    .command('import')
    .description('read an issue from a file, a page, a feed or standard input, and keep it')
    .argument('<file>', 'a file, an http(s) address, or - for standard input')
    .addOption(
      new Option('--format <format>', 'what it is, where its name and look mislead').choices(
        FORMATS,
      ),
    )
    .option('--year <year>', 'the year in which the period begins', parseYear)
    .option('--revise', 'keep other text under a taken number as its next revision')
    .option('--dry-run', 'check only, store nothing')
    .option(...json)
    .action(async (file: string, options) => {
      const { runImport } = await import('./import.ts');
      exitCode = await runImport(context, file, options);
    });
  program
    .command('check')
    .description('say what is wrong or doubtful about an issue, and store nothing')
    .argument('<file>', 'a file, an http(s) address, or - for standard input')
    .addOption(
      new Option('--format <format>', 'what it is, where its name and look mislead').choices(
        FORMATS,
      ),
    )
    .option('--year <year>', 'the year in which the period begins', parseYear)
    .option('--strict', 'fail on warnings too')
    .option(...json)
    .action(async (file: string, options) => {
      const { runCheck } = await import('./check.ts');
      exitCode = await runCheck(context, file, options);
    });
  program
    .command('export')
    .description('print an issue as YAML that imports back to the same issue')
    .argument('<issue>', 'a number or latest')
    .option('--json', 'print JSON in the same schema')
    .action(async (issue: string, options) => {
      const { runExport } = await import('./export.ts');
      exitCode = await runExport(context, issue, options);
    });
  program
    .command('list')
    .description('list the issues in the archive')
    .option(...json)
    .action(async (options) => {
      const { runList } = await import('./list.ts');
      exitCode = await runList(context, options);
    });
  program
    .command('show')
    .description('show an issue')
    .argument('<issue>', 'a number or latest')
    .option(...json)
    .action(async (issue: string, options) => {
      const { runShow } = await import('./show.ts');
      exitCode = await runShow(context, issue, options);
    });
  program
    .command('search')
    .description('find papers and news in everything that was imported')
    .argument('[query...]', 'words; “in quotation marks” as they stand')
    .option('--topic <topic>', 'only papers of a topic')
    .option('--organization <name>', 'only papers of an organization')
    .option('--from <issue>', 'no older issue', parseNumber)
    .option('--to <issue>', 'no newer issue', parseNumber)
    .option('--pick', 'only the editor’s picks')
    .option('--limit <n>', 'so many at most; 10 without it', parseNumber)
    .option(...json)
    .action(async (words: string[], options) => {
      const { runSearch } = await import('./search.ts');
      exitCode = await runSearch(context, words, options);
    });
  addItemOptions(
    program
      .command('preview')
      .description('show the posts of an issue, exactly as they would be sent')
      .argument('<issue>', 'a number or latest'),
  )
    .option(
      '--to <platform>',
      'bluesky, discord, mastodon, x, linkedin, text, html or all, or a destination by its name; where it is posted without it',
    )
    .option('--length <length>', 'thread, brief, or the most posts', parseLength)
    .option('--language <tag>', 'in another voice: de')
    .option(...json)
    .action(async (issue: string, options) => {
      const { runPreview } = await import('./preview.ts');
      exitCode = await runPreview(context, issue, options);
    });
  program
    .command('edit')
    .description('put your own words in the place of a paper’s posts, or of the digest’s')
    .argument('<issue>', 'a number or latest')
    .argument('[file]', 'a file with the words; standard input without it')
    .option('--paper <slug>', 'one paper: its slug, or words of its title; else the digest')
    .option('--to <platform>', 'the platform that they are for')
    .option('--clear', 'go back to the usual posts')
    .option(...json)
    .action(async (issue: string, file: string | undefined, options) => {
      const { runEdit } = await import('./edit.ts');
      exitCode = await runEdit(context, issue, file, options);
    });
  addItemOptions(
    program
      .command('post')
      .description('post a paper, every paper of an issue, or a digest, now or at a time')
      .argument('<issue>', 'a number or latest'),
  )
    .option(
      '--to <destination>',
      'a destination by its name: folder, bluesky, discord, mastodon, webhook, bluesky-de; without it where the schedule posts',
    )
    .option('--at <time>', '09:00, 2026-11-23 09:00 or 2026-11-23T09:00Z')
    .option(...json)
    .action(async (issue: string, options) => {
      const { runPost } = await import('./post.ts');
      exitCode = await runPost(context, issue, options);
    });
  const done = (code: ExitCode): void => {
    exitCode = code;
  };
  addBeforeTheFact(program, context, done);
  addAfterTheFact(program, context, done);
  program
    .command('start')
    .description('run the schedule and deliver what is due, until a signal')
    .action(async () => {
      const { runStart } = await import('./start.ts');
      exitCode = await runStart(context);
    });
  program
    .command('health')
    .description('tell whether a started Paperboy is alive, for health checks')
    .action(async () => {
      const { runHealth } = await import('./health.ts');
      exitCode = await runHealth(context);
    });
  program
    .command('connect')
    .description('set up an account: asks, tries what you answer, writes .env')
    .addArgument(
      new Argument('<service>', 'where the account is').choices(['bluesky', 'discord', 'mastodon']),
    )
    .option('--name <name>', 'a further one of its kind: bluesky-de')
    .option('--no-label', 'leave the profile on Bluesky as it is')
    .option(...json)
    .action(async (service: 'bluesky' | 'discord' | 'mastodon', options) => {
      const { runConnect } = await import('./connect/connect.ts');
      exitCode = await runConnect(context, service, options);
    });
  program
    .command('doctor')
    .description('look at everything that Paperboy needs, and say what to do; changes nothing')
    .option('--offline', 'ask no server')
    .option(...json)
    .action(async (options) => {
      const { runDoctor } = await import('./doctor.ts');
      exitCode = await runDoctor(context, options);
    });
  program
    .command('backup')
    .description('copy the archive and the ledger into one file, also while paperboy start runs')
    .argument('<file>', 'where to; it must not be there yet')
    .option('--force', 'replace the file where it is there')
    .option(...json)
    .action(async (file: string, options) => {
      const { runBackup } = await import('./backup.ts');
      exitCode = await runBackup(context, file, options);
    });
  program
    .command('restore')
    .description('put a backup in the place of the database; nothing goes out until you have acted')
    .argument('<file>', 'what paperboy backup has written')
    .option('--yes', 'do not ask')
    .option(...json)
    .action(async (file: string, options) => {
      const { runRestore } = await import('./restore.ts');
      exitCode = await runRestore(context, file, options);
    });

  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has printed what was wrong with the arguments.
    if (error instanceof CommanderError) return error.exitCode;
    const readNear = (): Promise<string | undefined> =>
      context.readDatabaseFile().catch(() => undefined);
    const known =
      error instanceof PaperboyError
        ? error
        : explainDatabaseError(error, { near: await readNear() });
    if (known === undefined) throw error;
    const { hang } = await import('./wrap.ts');
    const { columns } = process.stderr;
    context.output.note(hang(`✗ ${known.message}`, '  ', columns));
    context.output.note(hang(`  → ${known.remedy}`, '    ', columns));
    return 1;
  }
}

function parseNumber(text: string): number {
  if (/^#?\d{1,6}$/.test(text) && Number(text.replace('#', '')) > 0) {
    return Number(text.replace('#', ''));
  }
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

function parseYear(text: string): number {
  const year = Number(text);
  if (Number.isInteger(year) && year >= 1990 && year <= 9999) return year;
  throw new InvalidArgumentError('It must be a year such as 2026.');
}
