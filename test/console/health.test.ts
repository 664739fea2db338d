import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { startConsole } from './console-rig.ts';

const FRESH_MS = 2_000;
const PATIENT_MS = 60_000;

test('a process whose loops turn is healthy, and tells what it is', async () => {
  const { get, clock, passMs, pulse } = await startConsole();
  clock.advance(61_500);
  passMs(90_000);
  pulse.beat('courier');

  const response = await get('/healthz');

  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: 'ok',
    version: '1.2.3',
    startedAt: '2026-11-23T09:00:00.000Z',
    uptimeSeconds: 61,
    role: 'planner',
  });
});

test.each([
  ['courier', 'nothing has looked for what is to be sent for 91 seconds'],
  ['planner', 'nothing has looked whether a slot has come for 91 seconds'],
] as const)('a %s that stands still for more than ninety seconds is told', async (loop, reason) => {
  const { get, passMs, pulse } = await startConsole();
  passMs(91_000);
  pulse.beat(loop === 'courier' ? 'planner' : 'courier');

  const stuck = await get('/healthz');
  const unready = await get('/readyz');
  pulse.beat(loop);
  const turning = await get('/healthz');

  expect(stuck.status).toBe(503);
  expect(await stuck.json()).toMatchObject({ status: 'stuck', reason });
  expect(unready.status).toBe(503);
  expect(turning.status).toBe(200);
});

test('a clock that is set, or a machine that slept, makes nothing look stuck', async () => {
  const { get, clock } = await startConsole();
  clock.advance(8 * 60 * 60 * 1000);

  expect((await get('/healthz')).status).toBe(200);
});

test('one that stands by is healthy and ready, and says that it stands by', async () => {
  const { get, setPlanner } = await startConsole();
  setPlanner(false);

  const health = await get('/healthz');
  const ready = await get('/readyz');

  expect([health.status, ready.status]).toEqual([200, 200]);
  expect(await health.json()).toMatchObject({ role: 'standby' });
  expect(await ready.json()).toEqual({
    status: 'ready',
    role: 'standby',
    checks: [
      { name: 'database', ok: true },
      { name: 'migrations', ok: true },
      { name: 'loops', ok: true },
    ],
  });
});

test('a planner that does not plan is not ready, and says for how long', async () => {
  const { get, passMs, pulse } = await startConsole();
  passMs(100_000);
  pulse.beat('courier');

  const ready = await get('/readyz');

  expect(ready.status).toBe(503);
  expect(await ready.text()).toContain('the planner has not planned for 100 s; the log says why');
});

test('a database that may not be written is told with what to do, and is no reason to be killed', async () => {
  const { get, temp } = await startConsole();
  await sql`pragma query_only = on`.execute(temp.database);

  const ready = await get('/readyz');
  const health = await get('/healthz');

  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({
    status: 'not ready',
    checks: [
      {
        name: 'database',
        ok: false,
        reason: expect.stringMatching(/^Cannot use the database as it may not be written.*right/),
      },
      { name: 'migrations', ok: true },
      { name: 'loops', ok: true },
    ],
  });
  expect(health.status).toBe(200);
});

test('a database that another process writes is ready, and nobody waits for it', async () => {
  const { get, temp, clock } = await startConsole();
  const other = new Sqlite(temp.file);
  onTestFinished(() => void other.close());
  // Who waited for the other process would not be done before the test is cut off.
  await sql`pragma busy_timeout = ${sql.lit(PATIENT_MS)}`.execute(temp.database);
  other.exec('begin immediate');

  const busy = await get('/readyz');
  other.exec('commit');
  clock.advance(FRESH_MS);
  const free = await get('/readyz');
  const { rows } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(temp.database);

  expect([busy.status, free.status]).toEqual([200, 200]);
  expect(rows).toEqual([{ timeout: PATIENT_MS }]);
});

test('tables that another version has changed are told', async () => {
  const { get, temp } = await startConsole();
  await sql`pragma user_version = 999`.execute(temp.database);

  const ready = await get('/readyz');

  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({
    checks: [
      { name: 'database', ok: true },
      { name: 'migrations', ok: false, reason: expect.stringContaining('another version') },
      { name: 'loops', ok: true },
    ],
  });
});

test('a bot that is to be online makes it ready only when it is', async () => {
  const { get, metrics, clock } = await startConsole({ hasBot: true });
  const readBot = async (): Promise<unknown> => {
    clock.advance(FRESH_MS);
    const response = await get('/readyz');
    const { checks } = (await response.json()) as { checks: { name: string }[] };
    return [response.status, checks.find(({ name }) => name === 'bot')];
  };

  const before = await readBot();
  metrics.bot?.observer.online();
  const online = await readBot();
  metrics.bot?.observer.offline();
  const lost = await readBot();

  expect(before).toEqual([
    503,
    { name: 'bot', ok: false, reason: expect.stringContaining('not come online yet') },
  ]);
  expect(online).toEqual([200, { name: 'bot', ok: true }]);
  expect(lost).toEqual([
    503,
    { name: 'bot', ok: false, reason: expect.stringContaining('since 2026-11-23T09:00:04.000Z') },
  ]);
});

test('however often it is asked, the disk is written only now and then', async () => {
  const { get, temp, clock } = await startConsole();
  const readWrites = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select total_changes() as n`.execute(temp.database);
    return rows[0]?.n ?? -1;
  };
  const before = await readWrites();

  await Promise.all(Array.from({ length: 20 }, () => get('/readyz')));
  const once = await readWrites();
  clock.advance(FRESH_MS);
  await get('/readyz');

  expect(once - before).toBe(1);
  expect((await readWrites()) - once).toBe(1);
});

test('what a database that is gone says stays in words for an operator', async () => {
  const { get, temp, log } = await startConsole();
  await temp.database.destroy();

  const ready = await get('/readyz');
  const text = await ready.text();

  expect(ready.status).toBe(503);
  expect(text).toContain('the log says why: http.failed');
  expect(text).not.toMatch(/driver|Error|at /);
  expect(log.lines.map(({ event }) => event)).toContain('http.failed');
});
