import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { makeBlueskyBudgets } from '../../src/console/bluesky-budgets.ts';
import { makeDiscordBudget } from '../../src/console/discord-budget.ts';
import { makeMastodonBudgets } from '../../src/console/mastodon-budgets.ts';
import { makeMetrics } from '../../src/console/metrics.ts';
import type { DeliveryState } from '../../src/database/tables.ts';
import { makeCourier } from '../../src/delivery/courier.ts';
import type { Destination } from '../../src/desk/desk.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { makeSpending } from '../../src/outbox/spending.ts';
import { makePacer } from '../../src/publishers/discord-pacer.ts';
import { makeRateGate } from '../../src/publishers/mastodon-rates.ts';
import { makeFakeClock } from '../support/fake-clock.ts';
import { makeFakePlatform, type PublishFate, WORKS } from '../support/fake-platform.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { type ConsoleRig, makeDestination, startConsole } from './console-rig.ts';
import { type Family, parseExposition } from './parse-exposition.ts';

const FRESH_MS = 5_000;
const NEWS = makeDestination('bluesky-de', 'bluesky/news.test');

async function scrape(
  rig: Pick<ConsoleRig, 'get' | 'clock'>,
): Promise<ReadonlyMap<string, Family>> {
  rig.clock.advance(FRESH_MS);
  const response = await rig.get('/metrics');
  expect(response.status).toBe(200);
  return parseExposition(await response.text());
}

/** The value of one series; undefined where it is not there. */
function findValue(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const base = name.replace(/_(?:bucket|count|sum)$/, '');
  const samples = (families.get(name) ?? families.get(base))?.samples ?? [];
  return samples.find(
    (sample) =>
      sample.name === name &&
      JSON.stringify(Object.entries(sample.labels).sort()) ===
        JSON.stringify(Object.entries(labels).sort()),
  )?.value;
}

test('a scrape is what Prometheus takes, with a line of help for each metric', async () => {
  const rig = await startConsole({ hasBot: true });

  const response = await rig.get('/metrics');
  const families = parseExposition(await response.text());

  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const own = [...families.keys()].filter((name) => name.startsWith('paperboy_')).sort();
  expect(own).toEqual([
    'paperboy_build_info',
    'paperboy_deliveries',
    'paperboy_delivery_attempt_seconds',
    'paperboy_delivery_attempts_total',
    'paperboy_delivery_delay_seconds',
    'paperboy_destination_paused',
    'paperboy_gateway_reconnects_total',
    'paperboy_gateway_up',
    'paperboy_interaction_seconds',
    'paperboy_interactions_total',
    'paperboy_is_planner',
    'paperboy_issues',
    'paperboy_lag_seconds',
    'paperboy_last_plan_timestamp_seconds',
    'paperboy_next_slot_timestamp_seconds',
    'paperboy_rate_budget_remaining',
  ]);
  for (const { help } of families.values()) expect(help.length).toBeGreaterThan(10);
  expect(families.has('process_resident_memory_bytes')).toBe(true);
  expect(
    findValue(families, 'paperboy_build_info', { version: '1.2.3', node: process.versions.node }),
  ).toBe(1);
});

test('without a bot nothing is told of one', async () => {
  const families = await scrape(await startConsole());

  expect([...families.keys()].filter((name) => /gateway|interaction/.test(name))).toEqual([]);
});

test('deliveries are counted by place and state, those of followed channels together', async () => {
  const destinations = [
    NEWS,
    makeDestination('discord/1', 'discord/1', true),
    makeDestination('discord/2', 'discord/2', true),
  ];
  const rig = await startConsole({ destinations: () => destinations });
  const { outbox, clock } = rig;
  const queue = async (destination: string, item: string): Promise<string> => {
    const { delivery } = await outbox.queue(makeNewDelivery({ destination, item }), clock.now());
    return delivery.id;
  };
  await queue('bluesky/news.test', 'paper/a');
  await outbox.hold(await queue('bluesky/news.test', 'paper/b'), {
    actor: 'ann',
    now: clock.now(),
  });
  await queue('discord/1', 'paper/a');
  await queue('discord/2', 'paper/a');
  await queue('mastodon/gone', 'paper/a');
  await queue('constructor', 'paper/a');

  const families = await scrape(rig);
  const count = (destination: string, platform: string, state: DeliveryState) =>
    findValue(families, 'paperboy_deliveries', { destination, platform, state });

  expect(count('bluesky-de', 'bluesky', 'planned')).toBe(1);
  expect(count('bluesky-de', 'bluesky', 'held')).toBe(1);
  expect(count('bluesky-de', 'bluesky', 'sent')).toBe(0);
  expect(count('followed', 'discord', 'planned')).toBe(2);
  expect(count('unserved', 'mastodon', 'planned')).toBe(1);
  expect(count('unserved', 'other', 'planned')).toBe(1);
  expect(families.get('paperboy_deliveries')?.samples).toHaveLength(4 * 8);
});

test('the lag grows with the oldest delivery that is due, and is nothing before it is', async () => {
  const rig = await startConsole({ destinations: () => [NEWS] });
  const { outbox, clock } = rig;
  const dueAt = new Date(clock.now().getTime() + 60_000);
  const destination = NEWS.key;
  await outbox.queue(makeNewDelivery({ destination, dueAt }), clock.now());
  const readLag = async (): Promise<number | undefined> =>
    findValue(await scrape(rig), 'paperboy_lag_seconds', { destination: 'bluesky-de' });

  const before = await readLag();
  clock.set(new Date(dueAt.getTime() + 10_000 - FRESH_MS));
  const after = await readLag();
  clock.advance(1_000);
  const text = await (await rig.get('/metrics')).text();

  expect([before, after]).toEqual([0, 10]);
  // From what was read a second ago, the lag is still told to the second.
  expect(text).toContain('paperboy_lag_seconds{destination="bluesky-de"} 11\n');
});

test('a paused place has a lag since its pause, though nothing is due there', async () => {
  const rig = await startConsole({ destinations: () => [NEWS] });
  const { clock } = rig;
  const at = clock.now().toISOString();
  await sql`insert into pauses values (${NEWS.key}, ${at}, 'r', 'r')`.execute(rig.temp.database);

  clock.advance(90_000 - FRESH_MS);

  const place = { destination: 'bluesky-de' };
  expect(findValue(await scrape(rig), 'paperboy_lag_seconds', place)).toBe(90);
});

test('when the planner last planned is told', async () => {
  let plannedAt: Date | undefined;
  const rig = await startConsole({ plannedAt: () => plannedAt });
  const read = async (): Promise<number | undefined> =>
    findValue(await scrape(rig), 'paperboy_last_plan_timestamp_seconds', {});

  const before = await read();
  plannedAt = rig.clock.now();

  expect([before, await read()]).toEqual([0, plannedAt.getTime() / 1000]);
});

test('two places of one label have the longer lag, and what is held has none', async () => {
  const followed = ['1', '2'].map((id) => makeDestination(id, `discord/${id}`, true));
  const rig = await startConsole({ destinations: () => [NEWS, ...followed] });
  const { outbox, clock } = rig;
  const ago = (seconds: number): Date => new Date(clock.now().getTime() - seconds * 1000);
  const queue = (destination: string, dueAt: Date) =>
    outbox.queue(makeNewDelivery({ destination, dueAt }), clock.now());
  await queue('discord/1', ago(5));
  await queue('discord/2', ago(55));
  const { delivery } = await queue(NEWS.key, ago(500));
  await outbox.hold(delivery.id, { actor: 'ann', now: clock.now() });

  const families = await scrape(rig);

  expect(findValue(families, 'paperboy_lag_seconds', { destination: 'followed' })).toBe(60);
  expect(findValue(families, 'paperboy_lag_seconds', { destination: 'bluesky-de' })).toBe(0);
});

/** What a courier made of one delivery each, with a platform that goes as it is told. */
async function deliver(rig: ConsoleRig, kinds: readonly PublishFate['kind'][]): Promise<void> {
  const { outbox, clock, metrics } = rig;
  const left = [...kinds];
  const publisher = makeFakePlatform().makePublisher({
    find: () => 'answers',
    publish: () => {
      clock.advance(3_000);
      return { ...WORKS, kind: left.shift() ?? 'works' };
    },
  });
  const courier = makeCourier({
    outbox,
    publishers: new Map([[NEWS.key, async () => publisher]]),
    clock,
    log: makeRecordLog(),
    owner: 'here/1/a',
    random: () => 0.5,
  });
  for (const [at] of kinds.entries()) {
    const dueAt = new Date(clock.now().getTime() - 20_000);
    const one = makeNewDelivery({ destination: NEWS.key, item: `paper/${at}`, dueAt });
    await outbox.queue(one, clock.now());
    const delivered = await courier.deliverNext([NEWS.key]);
    if (delivered === undefined) throw new Error('there was nothing to deliver');
    metrics.recorder.delivered(delivered);
  }
}

test('attempts are counted by their outcome and measured, and what was sent by its delay', async () => {
  const rig = await startConsole({ destinations: () => [NEWS] });
  const atFirst = await scrape(rig);

  await deliver(rig, ['works', 'works', 'is refused', 'is unavailable']);

  const families = await scrape(rig);
  const count = (outcome: string, of = families) =>
    findValue(of, 'paperboy_delivery_attempts_total', {
      destination: 'bluesky-de',
      platform: 'bluesky',
      outcome,
    });
  const platform = 'bluesky';
  expect(count('sent', atFirst)).toBe(0);
  expect(['sent', 'refused', 'unavailable', 'unknown'].map((one) => count(one))).toEqual([
    2, 1, 1, 0,
  ]);
  expect(findValue(families, 'paperboy_delivery_attempt_seconds_count', { platform })).toBe(4);
  expect(findValue(families, 'paperboy_delivery_attempt_seconds_sum', { platform })).toBe(12);
  expect(findValue(families, 'paperboy_delivery_delay_seconds_count', { platform })).toBe(2);
  expect(findValue(families, 'paperboy_delivery_delay_seconds_sum', { platform })).toBe(46);
});

test('a pause shows until a person has ended it; so does an account that nobody could tell', async () => {
  const rig = await startConsole({ destinations: () => [NEWS], absent: ['mastodon'] });
  const readPaused = async (destination: string): Promise<number | undefined> =>
    findValue(await scrape(rig), 'paperboy_destination_paused', { destination });

  const before = await readPaused('bluesky-de');
  await deliver(rig, ['is closed']);
  const paused = await readPaused('bluesky-de');
  await rig.outbox.resume(NEWS.key);

  expect([before, paused, await readPaused('bluesky-de')]).toEqual([0, 1, 0]);
  expect(await readPaused('mastodon')).toBe(1);
});

test('the next slot, the issues and the role are told', async () => {
  const at = new Date('2026-11-24T08:00:00.000Z');
  const rig = await startConsole({
    readNextSlots: async () => new Map([['bluesky-de', at]]),
  });
  const { database } = rig.temp;
  const issue = { content: '{}', content_hash: 'x', findings: '[]', imported_at: at.toISOString() };
  const approved = at.toISOString();
  await database
    .insertInto('issues')
    .values([
      { ...issue, number: 1, revision: 1, is_sample: 0, approved_at: approved },
      { ...issue, number: 2, revision: 1, is_sample: 0, approved_at: null },
      { ...issue, number: 2, revision: 2, is_sample: 0, approved_at: approved },
      { ...issue, number: 3, revision: 1, is_sample: 0, approved_at: null },
      { ...issue, number: 4, revision: 1, is_sample: 1, approved_at: approved },
    ])
    .execute();
  rig.setPlanner(false);

  const families = await scrape(rig);

  const slot = findValue(families, 'paperboy_next_slot_timestamp_seconds', {
    destination: 'bluesky-de',
  });
  expect(slot).toBe(at.getTime() / 1000);
  expect(findValue(families, 'paperboy_issues', { state: 'readable' })).toBe(2);
  expect(findValue(families, 'paperboy_issues', { state: 'proposed' })).toBe(1);
  expect(findValue(families, 'paperboy_is_planner')).toBe(0);
});

test("what is left of Bluesky's budgets is told, and comes back with time", async () => {
  const temp = makeTempDatabase();
  const rig = await startConsole({ budgets: [makeBlueskyBudgets(temp.database, NEWS)] });
  const { clock } = rig;
  const limits = [{ most: 50_000, windowMs: 86_400_000 }];
  await makeSpending(temp.database, NEWS.key).take(300, limits, clock.now());
  await makeSpending(temp.database, `${NEWS.key} uploads`).take(7, limits, clock.now());
  const readLeft = async (): Promise<unknown> => {
    const families = await scrape(rig);
    return ['write points in an hour', 'write points in a day', 'uploads in a day'].map((budget) =>
      findValue(families, 'paperboy_rate_budget_remaining', { account: 'bluesky-de', budget }),
    );
  };

  const soon = await readLeft();
  clock.advance(3_600_000);
  const later = await readLeft();

  expect(soon).toEqual([4_700, 34_700, 993]);
  expect(later).toEqual([5_000, 34_700, 993]);
});

test("what is left of a bot's second is told, of which a request takes one until a second after it", async () => {
  const pacer = makePacer();
  const rig = await startConsole({ budgets: [makeDiscordBudget(pacer)] });
  const readLeft = async (): Promise<unknown> =>
    findValue(await scrape(rig), 'paperboy_rate_budget_remaining', {
      account: 'discord',
      budget: 'requests in a second',
    });

  const before = await readLeft();
  await pacer.takeTurn(new AbortController().signal);
  const meanwhile = await readLeft();
  pacer.pause(60_000);
  const paused = await readLeft();

  expect([before, meanwhile, paused]).toEqual([50, 49, 0]);
});

test("what is left of Mastodon's limits is told as its server does, and comes back with time", async () => {
  let at = new Date('2026-11-23T09:00:00Z');
  const gate = makeRateGate(() => at);
  const rig = await startConsole({ budgets: [makeMastodonBudgets('mastodon', gate)] });
  const note = (status: number, left: number): unknown =>
    gate.note(
      'statuses',
      status,
      new Headers({
        date: 'Mon, 23 Nov 2026 08:00:00 GMT',
        'x-ratelimit-limit': '300',
        'x-ratelimit-remaining': String(left),
        'x-ratelimit-reset': '2026-11-23T08:10:00.000000Z',
      }),
    );
  const readLeft = async (): Promise<unknown> =>
    findValue(await scrape(rig), 'paperboy_rate_budget_remaining', {
      account: 'mastodon',
      budget: 'posts',
    });

  const unknown = await readLeft();
  note(200, 17);
  const told = await readLeft();
  note(429, 3);
  const over = await readLeft();
  at = new Date(at.getTime() + 600_000);
  const later = await readLeft();

  expect([unknown, told, over, later]).toEqual([undefined, 17, 0, 300]);
});

test('the gateway and what members ask are counted', async () => {
  const rig = await startConsole({ hasBot: true });
  const { observer } = rig.metrics.bot ?? {};
  if (observer === undefined) throw new Error('there is no observer');

  const before = findValue(await scrape(rig), 'paperboy_gateway_up');
  observer.online();
  observer.online();
  observer.offline();
  observer.online();
  observer.answered('paper', 'answered', 120);
  observer.answered('paper', 'answered', 80);
  observer.answered('paper.press', 'late', 3_000);
  const families = await scrape(rig);

  expect(before).toBe(0);
  expect(findValue(families, 'paperboy_gateway_up')).toBe(1);
  expect(findValue(families, 'paperboy_gateway_reconnects_total')).toBe(1);
  const asked = { command: 'paper', outcome: 'answered' };
  expect(findValue(families, 'paperboy_interactions_total', asked)).toBe(2);
  expect(
    findValue(families, 'paperboy_interactions_total', { command: 'paper.press', outcome: 'late' }),
  ).toBe(1);
  expect(findValue(families, 'paperboy_interaction_seconds_sum')).toBeCloseTo(3.2);
});

test('whatever is called a command, its series stay few, and none has what somebody wrote', async () => {
  const rig = await startConsole({ hasBot: true });

  for (let at = 0; at < 500; at += 1) {
    const name = [...String(at)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    rig.metrics.bot?.observer.answered(name, 'answered', 1);
    rig.metrics.bot?.observer.answered(`What is ${at}?`, 'answered', 1);
  }
  const samples = (await scrape(rig)).get('paperboy_interactions_total')?.samples ?? [];

  expect(samples.length).toBeLessThanOrEqual(101);
  expect(samples.filter(({ labels }) => labels.command?.includes('What'))).toEqual([]);
  expect(samples.reduce((sum, { value }) => sum + value, 0)).toBe(1_000);
});

const HOSTILE = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '\r', ',', '{', '}', '=', ' ', '\ud800', '\u2028', 'n'),
    maxLength: 12,
  }),
  fc.constantFrom(
    'x",platform="y',
    'x,platform:bluesky',
    'x,outcome:sent,platform:bluesky',
    '__proto__',
    'constructor',
    '# TYPE a counter',
    'followed',
  ),
);

test('whatever destinations are called, a scrape is well formed and has the sum of all', async () => {
  const { database } = makeTempDatabase();
  const clock = makeFakeClock();

  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(HOSTILE, { minLength: 1, maxLength: 6 }), async (names) => {
      const destinations: Destination[] = names.map((name, at) =>
        makeDestination(name, `bluesky/${at}`),
      );
      const metrics = makeMetrics({
        outbox: {
          countStates: async () => new Map(destinations.map(({ key }) => [key, { sent: 1 }])),
          listPauses: () => makeOutbox(database).listPauses(),
        },
        readLines: async () => new Map(),
        countIssues: async () => ({ readable: 0, proposed: 0 }),
        readNextSlots: async () => new Map(names.map((name) => [name, clock.now()])),
        budgets: [
          async () => names.map((account) => ({ account, budget: 'uploads', remaining: 1 })),
        ],
        destinations: () => destinations,
        absent: [],
        version: '1',
        clock,
        isPlanner: () => true,
        plannedAt: () => undefined,
        hasBot: false,
      });

      const bytes = Buffer.from(await metrics.write());
      const families = parseExposition(bytes.toString());

      const samples = families.get('paperboy_deliveries')?.samples ?? [];
      const sum = samples.reduce((total, { value }) => total + value, 0);
      const told = new Set(samples.map(({ labels }) => labels.destination));
      const plain = names.filter((name) => /^[ -~]{0,100}$/.test(name));
      expect(sum).toBe(names.length);
      expect(plain.filter((name) => !told.has(name))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a database that fails costs a scrape, not the process: the next one may succeed', async () => {
  let isBroken = true;
  const rig = await startConsole({
    countIssues: async () => {
      if (isBroken) throw new Error('the disk is gone');
      return { readable: 0, proposed: 0 };
    },
  });

  const failed = await rig.get('/metrics');
  const text = await failed.text();
  const health = await rig.get('/healthz');
  isBroken = false;
  const again = await rig.get('/metrics');

  expect(failed.status).toBe(500);
  expect(text).toBe('Cannot answer that now; the log says why: http.failed\n');
  expect(rig.log.lines).toMatchObject([
    { level: 'error', event: 'http.failed', fields: { reason: 'the disk is gone' } },
  ]);
  expect([health.status, again.status]).toEqual([200, 200]);
});

test('scrapes that come together read the database once', async () => {
  let reads = 0;
  const rig = await startConsole({
    countIssues: async () => {
      reads += 1;
      return { readable: 0, proposed: 0 };
    },
  });

  const texts = await Promise.all(
    Array.from({ length: 10 }, async () => (await rig.get('/metrics')).text()),
  );

  for (const text of texts) parseExposition(text);
  expect(reads).toBe(1);
});
