import { expect, test } from 'vitest';
import { runNode } from '../support/run-node.ts';

test('nothing that measures keeps a process that has closed its console', async () => {
  const startedAt = performance.now();

  const ended = await runNode('../console/run-and-end.ts', [], 20_000);

  expect(ended).toEqual({ code: 0, stdout: '200\nclosed\n', stderr: '' });
  expect(performance.now() - startedAt).toBeLessThan(15_000);
});
