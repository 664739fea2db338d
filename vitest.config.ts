import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or two, most of it with real processes. */
const LONG = /test\/(?:torture|e2e|bot)\/|markdown-hostile|contracts\/bluesky\.test/;

/** What takes longest begins first: at the end of a run no file is left alone with idle workers. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/**
 * Rooms whose tests keep nothing outside themselves: files share a worker, and what it has loaded.
 * Starting a worker for each file takes a quarter of their time.
 */
const SHARING = [
  ...['archive', 'cli', 'commands', 'config', 'console', 'database', 'delivery', 'desk'],
  ...['formatters', 'issue', 'kit', 'outbox', 'schedule', 'sources'],
].map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    exclude: ['**/node_modules/**'],
    setupFiles: ['test/setup/loopback-only.ts'],
    // Real processes, databases and servers: several of them at once are slow on a small machine.
    testTimeout: 120_000,
    hookTimeout: 360_000,
    pool: 'forks',
    projects: [
      { extends: true, test: { name: 'sharing', include: SHARING, isolate: false } },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...SHARING],
        },
      },
    ],
    // Most of the long ones wait: for a deadline, a lease, a rate limit.
    maxWorkers: 4,
    sequence: { sequencer: LongFirst },
  },
});
