import { expect, test } from 'vitest';
import { startConsole } from './console-rig.ts';

test('a bot that was lost tries again by itself, and one that Discord will not have does not', async () => {
  const rig = await startConsole({ hasBot: true });
  const { observer } = rig.metrics.bot ?? {};
  const read = async (): Promise<string> => (await rig.get('/readyz')).text();

  observer?.online();
  observer?.offline();
  const lost = await read();
  observer?.refused();
  rig.clock.advance(60_000);
  rig.passMs(60_000);
  const refused = await read();

  expect(lost).toContain('it tries again by itself');
  expect(refused).toContain('which does not try again: do what the log says of bot.refused');
});
