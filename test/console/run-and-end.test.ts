import { expect, test } from 'vitest';
import { runNode } from '../support/run-node.ts';

test('nothing that measures keeps a process that has closed its console', async () => {
  // Whoever does not end by itself is killed, and has no exit code.
  const ended = await runNode('../console/run-and-end.ts', [], 20_000);

  expect(ended).toEqual({ code: 0, stdout: '200\nclosed\n', stderr: '' });
});
