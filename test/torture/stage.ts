import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ran, runPaperboy } from '../e2e/run-paperboy.ts';
import { type IssueParts, makeIssue, readToken } from './issues.ts';
import type { Venue, VenueKind } from './venue.ts';

const preload = fileURLToPath(new URL('crash-points.ts', import.meta.url));

/** No slot of the schedule comes in between. */
const settings = { schedule: { cron: '0 0 1 1 *', timeZone: 'UTC' } };

/** How a process is to end: by itself, at a step, or after a while. */
export type Fate = { readonly step?: number; readonly killAfterMs?: number };

/** A folder of its own with a place to post to, where the real program is run. */
export type Stage = {
  readonly cwd: string;
  readonly dataFolder: string;
  readonly venue: Venue;
  /** Runs a command. */
  run(args: readonly string[], fate?: Fate): Promise<Ran>;
  /** Runs a command that has to succeed. */
  must(...args: readonly string[]): Promise<Ran>;
  /** The steps that the last process with a `step` came to; a rehearsal is one with step 0. */
  readSteps(): Promise<string[]>;
  /** Imports an issue, or another revision of it. */
  importIssue(parts: Omit<IssueParts, 'paragraphs' | 'imageUrl'>): Promise<void>;
  /** The words of each post of each paper, as they would be sent now. */
  previewWords(issue: number): Promise<Map<string, readonly string[]>>;
  close(): Promise<void>;
};

/** Opens a place and a folder to post to it from. */
export async function openStage(kind: VenueKind): Promise<Stage> {
  const cwd = await mkdtemp(join(tmpdir(), 'paperboy-torture-'));
  const dataFolder = join(cwd, 'data');
  const venue = await kind.open(cwd);
  const report = join(cwd, 'steps.txt');
  await writeFile(join(cwd, 'paperboy.yaml'), JSON.stringify({ ...settings, ...venue.settings }));

  const run: Stage['run'] = async (args, { step, killAfterMs } = {}) => {
    await venue.forget?.(dataFolder);
    const env = { ...venue.env };
    if (step === undefined) {
      return runPaperboy(args, { cwd, env, ...(killAfterMs === undefined ? {} : { killAfterMs }) });
    }
    await rm(report, { force: true });
    const watched = { ...env, TORTURE_REPORT: report, TORTURE_STEP: String(step) };
    return runPaperboy(args, { cwd, env: watched, preloads: [preload] });
  };
  const must: Stage['must'] = async (...args) => {
    const ran = await run(args);
    if (ran.code === 0) return ran;
    throw new Error(`paperboy ${args.join(' ')} failed:\n${ran.stdout}${ran.stderr}`);
  };

  return {
    ...{ cwd, dataFolder, venue, run, must },
    readSteps: async () => (await readFile(report, 'utf8')).trimEnd().split('\n'),
    importIssue: async (parts) => {
      const { paragraphs, imageUrl } = venue;
      const file = join(cwd, 'issue.json');
      await writeFile(file, JSON.stringify(makeIssue({ ...parts, paragraphs, imageUrl })));
      await must('import', file, '--revise');
    },
    previewWords: async (issue) => {
      const { stdout } = await must('preview', String(issue), '--to', venue.platform, '--json');
      const { drafts } = JSON.parse(stdout) as { drafts: { posts: unknown[] }[] };
      const entries = drafts.map(({ posts }): [string, string[]] => {
        const words = posts.map((post) => venue.describe(post));
        return [readToken(words[0] ?? '') ?? '', words];
      });
      return new Map(entries);
    },
    close: async () => {
      await venue.close();
      await rm(cwd, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
