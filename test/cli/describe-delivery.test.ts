import { describe, expect, it } from 'vitest';
import {
  describeDelivery,
  describePauseRemedy,
  describeRemedy,
  toJson,
} from '../../src/cli/describe-delivery.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import { TOKEN_REFUSED } from '../../src/publishers/refused-token.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';

const AT = new Date('2026-11-23T09:00:00.000Z');
const words = { at: () => 'Mon, 10:00', place: (key: string) => key.split('/')[0] ?? key };

const make = (parts: Partial<Delivery> = {}): Delivery => ({
  ...makeNewDelivery({ destination: 'discord/1', title: 'Alpha' }),
  id: '3f9a8b2c55d1e7a09b4c6d10',
  state: 'planned',
  task: 'publish',
  retryAt: undefined,
  queuedAt: AT,
  stampedAt: AT,
  firstAttemptAt: undefined,
  attempts: 0,
  isTouched: false,
  settledAt: undefined,
  receipt: undefined,
  reason: undefined,
  remedy: undefined,
  replaces: undefined,
  ...parts,
});

const receipt = { posts: [{ id: 'm1', url: 'https://d.example/1' }, { id: 'm2' }] };

describe('describeDelivery', () => {
  it.each([
    [{}, 'Alpha → discord waits for its turn'],
    [
      { reason: 'offline', retryAt: AT },
      'Alpha → discord not sent yet: offline, next try Mon, 10:00',
    ],
    [{ state: 'held' }, 'Alpha → discord is held until it is released'],
    [{ state: 'sending' }, 'Alpha → discord is being sent'],
    [
      { state: 'unknown', reason: 'no answer' },
      /^Alpha → discord may have arrived \(no answer\); it is looked up/,
    ],
    [{ state: 'sent', receipt }, 'Alpha → discord (2 posts): https://d.example/1'],
    [
      { state: 'sent', receipt, replaces: { id: 'x', how: 'edit' } },
      'Alpha → discord corrected in place (2 posts): https://d.example/1',
    ],
    [{ state: 'sent', receipt: { posts: [] } }, 'Alpha → discord (on a person’s word)'],
    [{ state: 'refused', reason: 'too long' }, 'Alpha → discord was not sent: too long'],
    [{ state: 'cancelled' }, 'Alpha → discord is cancelled'],
    [{ state: 'retracted' }, 'Alpha → discord was taken back'],
    [
      { state: 'retracted', reason: 'revision 2 took its place' },
      'Alpha → discord is there no more: revision 2 took its place',
    ],
    [{ task: 'retract', receipt }, 'Alpha → discord is to be taken back'],
    [
      { task: 'retract', state: 'refused', reason: 'no rights' },
      'Alpha → discord could not be taken back: no rights',
    ],
  ] as const)('%j', (parts, expected) => {
    const line = describeDelivery(make(parts), words);

    if (typeof expected === 'string') expect(line).toBe(expected);
    else expect(line).toMatch(expected);
  });
});

describe('a remedy', () => {
  it.each([
    ['Give the bot Send Messages', 'Give the bot Send Messages, then: paperboy retry 3f9a8b2c'],
    ['Give the bot Send Messages.', 'Give the bot Send Messages, then: paperboy retry 3f9a8b2c'],
    [
      'Take back what is left of it: paperboy retract',
      'Take back what is left of it: paperboy retract 3f9a8b2c, then: paperboy retry 3f9a8b2c',
    ],
    [
      'Move it away, and try it again: paperboy retry',
      'Move it away, and try it again: paperboy retry 3f9a8b2c',
    ],
    [
      'Look there, or: paperboy retract, then: paperboy retry',
      'Look there, or: paperboy retract 3f9a8b2c, then: paperboy retry 3f9a8b2c',
    ],
  ])('%j ends with the command to go on with', (remedy, expected) => {
    expect(describeRemedy(make({ state: 'refused', remedy }), words)).toBe(expected);
  });

  it('of a pause ends with the one that ends it', () => {
    const pause = { destination: 'discord/1', pausedAt: AT, reason: 'no rights' };
    const told = (remedy: string): string =>
      describePauseRemedy({ ...pause, remedy }, 'discord', words);

    const expected = 'Give the bot Send Messages, then: paperboy retry --to discord';
    expect(told('Give the bot Send Messages')).toBe(expected);
    expect(told('Give the bot Send Messages, and try it again: paperboy retry')).toBe(expected);
    expect(told('Take it back: paperboy retract')).toBe(
      'Put it right, then: paperboy retry --to discord',
    );
  });

  it('is not told where there is none', () => {
    expect(describeRemedy(make(), words)).toBeUndefined();
  });
});

it('a delivery for programs has no draft, but how many posts it is', () => {
  const json = toJson(make());

  expect(json).toMatchObject({ platform: 'bluesky', posts: 2, state: 'planned', task: 'publish' });
  expect(json).not.toHaveProperty('draft');
});

describe('a place that was given up for another', () => {
  const remedy = 'Set DISCORD_CHANNEL_ID to a channel of a server that the bot is in';

  it('is left with what waits there, once its setting is another', () => {
    const pause = { destination: 'discord/1', pausedAt: AT, reason: 'gone', remedy };

    expect(describePauseRemedy(pause, 'discord', words)).toBe(
      `${remedy}, then: paperboy move --from discord/1 --to discord; where the setting stays as it is: paperboy retry --to discord`,
    );
    expect(describeRemedy(make({ state: 'refused', remedy }), words)).toMatch(
      /then: paperboy move --from discord\/1 --to discord; .*: paperboy retry 3f9a8b2c$/,
    );
  });
});

it('a further channel that was given up is left for its own name', () => {
  const remedy = 'Set DISCORD_LAB_NEWS_CHANNEL_ID to a channel of a server that the bot is in';
  const named = { ...words, place: () => 'discord-lab-news' };
  const removed = { ...words, place: (key: string) => key };
  const refused = make({ state: 'refused', remedy });

  expect(describeRemedy(refused, named)).toMatch(/--from discord\/1 --to discord-lab-news; /);
  expect(describeRemedy(refused, removed)).toMatch(/--from discord\/1 --to discord; /);
});

describe('a channel that somebody follows in', () => {
  const followed = { ...words, isFollowed: () => true };
  const remedy = 'Set DISCORD_CHANNEL_ID to a channel of a server that the bot is in';
  const nothing = 'nothing to do here: who follows it is told, and can let it go on';

  it('is not for an editor to put right, and nothing is moved from there', () => {
    const reason = 'Discord knows no channel 1 that the bot can see: Unknown Channel (10003)';
    const pause = { destination: 'discord/1', pausedAt: AT, reason, remedy };
    const lacking = { state: 'refused', reason: 'x: Missing Permissions (50013)' } as const;

    expect(describePauseRemedy(pause, 'discord/1', followed)).toBe(nothing);
    expect(describeRemedy(make({ ...lacking, remedy: 'Give the bot it' }), followed)).toBe(nothing);
    expect(describeRemedy(make({ state: 'refused', reason: 'x', remedy }), followed)).toBe(nothing);
  });

  it('leaves to an editor what is wrong with the token or the item', () => {
    const token = `${TOKEN_REFUSED}: 401: Unauthorized (0)`;
    const pause = { destination: 'discord/1', pausedAt: AT, reason: token, remedy: 'Set it' };
    const bad = make({ state: 'refused', reason: 'too long (50035)', remedy: 'Correct the item' });

    expect(describePauseRemedy(pause, 'discord/1', followed)).toMatch(/^Set it, then: paperboy/);
    expect(describeRemedy(bad, followed)).toMatch(/^Correct the item, then: paperboy retry/);
  });
});

describe('a retraction that was refused', () => {
  it('is not remedied by retracting', () => {
    const remedy = 'Take it back by hand, or take back what is left of it: paperboy retract';
    const refused = make({ state: 'refused', task: 'retract', remedy });

    expect(describeRemedy(refused, words)).toBe(
      'Take it back by hand, then: paperboy retry 3f9a8b2c; where it is gone: paperboy resolve 3f9a8b2c --not-sent',
    );
  });
});

describe('what a person is told', () => {
  it('says of a webhook what is true of it: it cannot be asked', () => {
    const doubtful = make({ state: 'unknown', destination: 'webhook/a.example/1' });

    expect(describeDelivery(doubtful, words)).toMatch(/sent again under the same id/);
  });

  it('says when what is planned for later is due', () => {
    const before = { ...words, now: new Date(make().dueAt.getTime() - 1) };

    expect(describeDelivery(make(), before)).toBe('Alpha → discord is due Mon, 10:00');
  });
});
