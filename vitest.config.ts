import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    setupFiles: ['test/setup/loopback-only.ts'],
    // Real processes, databases and servers: several of them at once are slow on a small machine.
    testTimeout: 30_000,
    hookTimeout: 360_000,
    pool: 'forks',
    // Most of the long ones wait: for a deadline, a lease, a rate limit.
    maxWorkers: 4,
  },
});
