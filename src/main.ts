import packageJson from '../package.json' with { type: 'json' };
import { makeOutput, SHAPES_ALONE } from './cli/output.ts';
import { runCommandLine } from './cli/program.ts';
import type { Config } from './config.ts';
import type { House } from './house.ts';
import { describeError, describeErrorsWith, PaperboyError } from './kit/errors.ts';
import { redactWords } from './kit/redact-shapes.ts';
import type { Reading } from './reading.ts';

const OUTPUT_LOST = 74; // EX_IOERR of sysexits.h
const LEAVE_MS = 500;

let config: Promise<Config> | undefined;
let reading: Promise<Reading> | undefined;
let house: Promise<House> | undefined;
// Until the configuration is read, what looks like a secret is taken for one.
let secrets = SHAPES_ALONE;
const output = makeOutput(process.stdout, process.stderr, {
  answer: (text) => secrets.answer(text),
  note: (text) => secrets.note(text),
});

const readConfig = (): Promise<Config> => {
  config ??= import('./config.ts').then(async (module) => {
    const read = await module.readConfig(process.env, process.cwd()).catch(rethrowSafe);
    await keepSecrets(read);
    return read;
  });
  return config;
};
const openReading = (): Promise<Reading> => {
  reading ??= readConfig().then(async (read) => (await import('./reading.ts')).openReading(read));
  return reading;
};
const openDesk = (isService = false): Promise<House> => {
  house ??= openReading().then(async (opened) => {
    const { openHouse } = await import('./house.ts');
    const read = await readConfig();
    const serviceLevel = process.stderr.isTTY ? 'warn' : 'info';
    return openHouse(read, opened, read.logLevel ?? (isService ? serviceLevel : 'silent'));
  });
  return house;
};

// `paperboy list | head`: nobody reads on, which is no reason to leave a post half done.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || process.exitCode === OUTPUT_LOST) return;
  process.exitCode = OUTPUT_LOST;
  output.note(`✗ Cannot write the output: ${describeError(error)}`);
});

// What nobody has caught would be printed by Node as it is, with whatever a client has put into it.
process.on('uncaughtException', (error) => {
  // Another listener knows which of them are no reason to end.
  if (process.listenerCount('uncaughtException') > 1) return;
  tellFault(error);
  process.exit(1);
});

try {
  const readFolders = async () => {
    const { dataFolder, folder } = await readConfig();
    return { data: dataFolder, posts: folder.path };
  };
  const openFetch = async () => {
    const { fetch } = await readConfig();
    const { makeGuardedFetch } = await import('./sources/fetch-guarded.ts');
    return makeGuardedFetch({ allow: fetch.allow, now: () => new Date() });
  };
  const hasArchive = async () => {
    const { hasDatabase } = await import('./database/has-database.ts');
    return hasDatabase((await readConfig()).databaseFile);
  };
  const context = {
    output,
    stdin: process.stdin,
    readFolders,
    openSettings: async () => {
      const module = await import('./open-settings.ts');
      return module.openSettings(process.env, process.cwd());
    },
    openDoctor: async () => {
      const [{ examineConfig }, { openDoctor }] = await Promise.all([
        import('./config.ts'),
        import('./open-doctor.ts'),
      ]);
      const environment = process.env;
      const folder = process.cwd();
      const { problems, ...read } = await examineConfig(environment, folder);
      await keepSecrets(read.config);
      const examined = { ...read, problems: problems.map(redactWords) };
      const { checks, close } = openDoctor({ environment, folder, examined });
      const end = (): void => {
        close();
        leaveSoon();
      };
      return { checks, close: end };
    },
    readDatabaseFile: async () => (await readConfig()).databaseFile,
    readFormat: async () => (await readConfig()).format,
    hasArchive,
    openReadingDesk: async () => (await openReading()).desk,
    openSearch: async () => (await openReading()).openSearch(),
    openDesk,
    openFetch,
  };
  const code = await runCommandLine(context, packageJson.version, process.argv.slice(2));
  process.exitCode ??= code;
} catch (error) {
  tellFault(error);
  process.exitCode = 1;
} finally {
  await (await house?.catch(() => undefined))?.close();
  (await reading?.catch(() => undefined))?.close();
}

/** Ends the process once all is said, whatever servers and look-ups that nobody waits for still do. */
function leaveSoon(): void {
  const leave = (): void => {
    if (process.stdout.writableLength === 0) process.exit();
  };
  setInterval(leave, LEAVE_MS).unref();
}

/** From now on the secrets of the configuration are known by name. */
async function keepSecrets(read: Config): Promise<void> {
  const [{ makeRedactor }, { listSecrets }] = await Promise.all([
    import('./kit/redact.ts'),
    import('./list-secrets.ts'),
  ]);
  const listed = listSecrets(read);
  secrets = { answer: makeRedactor(listed, { isContent: true }), note: makeRedactor(listed) };
  describeErrorsWith(secrets.note);
}

/** What is wrong with the configuration quotes it, and nobody knows what stands where in it. */
function rethrowSafe(error: unknown): never {
  if (!(error instanceof PaperboyError)) throw error;
  throw new PaperboyError(error.code, redactWords(error.message), error.remedy, error.cause);
}

function tellFault(error: unknown): void {
  output.note(`Paperboy met a fault of its own: ${describeError(error)}`);
  output.note('  → Please report it with what you did. PAPERBOY_DEBUG=1 shows where it happened.');
  if (process.env.PAPERBOY_DEBUG) output.note(String(error instanceof Error ? error.stack : error));
}
