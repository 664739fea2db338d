import { expect, test } from 'vitest';
import { nameOwnVariables, withOwnVariables } from '../../src/own-variables.ts';
import type { Outgoing, Publisher, Refusal } from '../../src/publishers/publisher.ts';

const refusal: Refusal = {
  kind: 'refused',
  reason: 'BLUESKY_IDENTIFIER is of no account',
  remedy: 'Set BLUESKY_IDENTIFIER and BLUESKY_APP_PASSWORD',
  isClosed: true,
};
const publisher: Publisher = {
  find: async () => ({ kind: 'absent' }),
  publish: async () => refusal,
  retract: async () => refusal,
};

test('what a person is told to set is what the destination is set by', async () => {
  const own = withOwnVariables(publisher, 'bluesky-de-at');
  const { signal } = new AbortController();
  const outgoing = {} as Outgoing;

  const published = await own.publish(outgoing, [], signal);
  const retracted = await own.retract(outgoing, undefined, signal);

  const remedy = 'Set BLUESKY_DE_AT_IDENTIFIER and BLUESKY_DE_AT_APP_PASSWORD';
  expect(published).toEqual({ ...refusal, remedy });
  expect(retracted).toEqual({ ...refusal, remedy });
  expect(await own.find(outgoing, signal)).toEqual({ kind: 'absent' });
});

test.each([
  ['bluesky', 'Set BLUESKY_IDENTIFIER', 'Set BLUESKY_IDENTIFIER'],
  [
    'discord-b',
    'Set DISCORD_CHANNEL_ID or DISCORD_TOKEN',
    'Set DISCORD_B_CHANNEL_ID or DISCORD_TOKEN',
  ],
  ['webhook-b', 'Set WEBHOOK_URL, WEBHOOK_URLS', 'Set WEBHOOK_B_URL, WEBHOOK_URLS'],
  ['folder-b', 'Make the folder', 'Make the folder'],
])('for %s, “%s” is “%s”', (name, text, own) => {
  expect(nameOwnVariables(text, name)).toBe(own);
});
