import { askGit } from '../../doctor/ask-git.ts';
import { describeError, PaperboyError } from '../../kit/errors.ts';
import { makeRedactor, redactValue } from '../../kit/redact.ts';
import type { CliContext, ExitCode } from '../context.ts';
import { makeAsk } from './ask.ts';
import { readAnswers } from './read-answers.ts';
import type { ConnectKind, ConnectVariable, Settings } from './settings.ts';
import type { Connected, Tools } from './tools.ts';
import { type WrittenEnv, writeEnv } from './write-env.ts';

export type ConnectOptions = {
  readonly name?: string;
  /** False where the profile is to stay as it is. */
  readonly label: boolean;
  readonly json?: boolean;
};

/** `paperboy connect KIND`: asks, tries what was answered, and only then writes `.env`. */
export async function runConnect(
  { output, stdin, openSettings }: CliContext,
  kind: ConnectKind,
  { name = kind, label, json = false }: ConnectOptions,
): Promise<ExitCode> {
  const settings = await openSettings();
  requireName(settings, kind, name);
  const secrets: string[] = [];
  let redact = makeRedactor(secrets, { isContent: true });
  // Questions are for a person, whoever reads the answer of the command.
  const print = json ? output.note : output.line;
  const say = (text: string): void => print(redact(text));
  const hide = (secret: string): void => {
    secrets.push(secret);
    redact = makeRedactor(secrets, { isContent: true });
  };
  const answers = readAnswers(stdin);
  try {
    const ask = makeAsk(answers, (text) => output.note(redact(text)));
    const tools: Tools = { settings, name, ask, say, hide };
    const connected = await connect(tools, kind, label);
    const values = nameValues(tools, connected);
    const written = writeEnv(settings.file, values);
    await tellWritten(tools, written);
    const shadowed = tellShadowed(tools, connected);
    const isWhole = (await connected.after?.()) ?? true;
    tellNext(tools, kind);
    if (json) {
      const file = written.linkedTo ?? settings.file;
      const { account } = connected;
      const result = { kind, name, account, file, variables: Object.keys(values) };
      output.json(redactValue({ ...result, changed: written.changed, shadowed }, redact));
    }
    return isWhole ? 0 : 1;
  } catch (error) {
    // Whatever it is, clients quote what they sent.
    if (!(error instanceof PaperboyError)) throw new Error(redact(describeError(error)));
    throw new PaperboyError(error.code, redact(error.message), redact(error.remedy));
  } finally {
    await answers.close();
  }
}

/** Each service's client is loaded when it is asked for. */
async function connect(tools: Tools, kind: ConnectKind, label: boolean): Promise<Connected> {
  switch (kind) {
    case 'bluesky':
      return (await import('./connect-bluesky.ts')).connectBluesky(tools, label);
    case 'discord':
      return (await import('./connect-discord.ts')).connectDiscord(tools);
    case 'mastodon':
      return (await import('./connect-mastodon.ts')).connectMastodon(tools);
  }
}

function requireName(settings: Settings, kind: ConnectKind, name: string): void {
  if (settings.isName(kind, name)) return;
  throw new PaperboyError(
    'connect.name',
    `Cannot connect the account as ${name} is no name of a ${kind} destination`,
    `Name it ${kind}, or ${kind}, a hyphen and a word: --name ${kind}-de`,
  );
}

/** By the names that the variables have for this destination. */
function nameValues({ settings, name }: Tools, { values }: Connected): Record<string, string> {
  const named = Object.entries(values).map(([variable, value]) => [
    settings.find(variable as ConnectVariable, name).name,
    value,
  ]);
  return Object.fromEntries(named) as Record<string, string>;
}

async function tellWritten({ settings, say }: Tools, written: WrittenEnv): Promise<void> {
  const { changed, formerMode, linkedTo } = written;
  const file = linkedTo ?? settings.file;
  say('');
  if (linkedTo !== undefined) say(`${settings.file} is a link to ${linkedTo}`);
  if (changed.length === 0) say(`✓ ${file} has it all already`);
  else say(`✓ Written into ${file}: ${changed.join(', ')}`);
  if (formerMode !== undefined) {
    say(`  Others could read it (mode ${formerMode}); now only its owner can (0600).`);
  }
  const kept = await askGit(file);
  if (kept === 'tracked' || kept === 'open') {
    say('✗ Git does not ignore it: add a line .env to .gitignore before you commit anything.');
    say('  If it was committed, make new credentials: old ones stay in the history.');
  }
  if (kept === 'unknown') say('  Look that Git ignores it: it could not be asked.');
}

/** The environment wins over `.env`, so what was written may be of no use. */
function tellShadowed({ settings, name, say }: Tools, { values }: Connected): string[] {
  const shadowed: string[] = [];
  for (const [variable, value] of Object.entries(values)) {
    const found = settings.find(variable as ConnectVariable, name);
    if (found.inEnvironment === undefined || found.inEnvironment === value) continue;
    shadowed.push(found.name);
    say(
      `✗ ${found.name} is set to something else in the environment, which wins: take it out there.`,
    );
  }
  return shadowed;
}

function tellNext({ name, say }: Tools, kind: ConnectKind): void {
  say('');
  if (name === kind) {
    say('Next: paperboy start');
    return;
  }
  say('Next, unless it is there: name it in paperboy.yaml, then paperboy start');
  say('  destinations:');
  say(`    ${name}: {}`);
}
