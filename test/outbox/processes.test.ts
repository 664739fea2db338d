import { expect, test } from 'vitest';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from '../support/make-new-delivery.ts';
import { runTogether } from '../support/run-together.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const PROCESSES = 4;
const WORKERS = 10;

test('ten processes settle two hundred deliveries, each once, and none is turned away', async () => {
  const { file, database } = makeTempDatabase();
  const outbox = makeOutbox(database);
  const destinations = ['a', 'b', 'c', 'd', 'e'];
  const past = new Date('2026-01-01T00:00:00.000Z');
  for (let i = 0; i < 200; i += 1) {
    const destination = destinations[i % destinations.length] ?? 'a';
    const dueAt = new Date(past.getTime() + i);
    await outbox.queue(makeNewDelivery({ item: `paper/${i}`, destination, dueAt }), past);
  }

  const ended = await runTogether(
    'work-off.ts',
    Array.from({ length: WORKERS }, (_, i) => [file, `worker-${i}`, ...destinations]),
  );

  const settled = ended.map(({ stdout }) => stdout.split('\n').filter((line) => line !== ''));
  const deliveries = await outbox.list();
  expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    Array.from({ length: WORKERS }, () => ({ code: 0, stderr: '' })),
  );
  expect(settled.flat().sort()).toEqual(deliveries.map(({ id }) => id).sort());
  for (const { id, state, attempts, receipt } of deliveries) {
    const worker = settled.findIndex((ids) => ids.includes(id));
    expect([state, attempts]).toEqual(['sent', 1]);
    expect(receipt).toEqual({ posts: [{ id: `worker-${worker}/${id}` }] });
  }
  expect(settled.filter((ids) => ids.length > 0).length).toBeGreaterThan(1);
}, 180_000);

test('four processes that plan at the same time take each slot once', async () => {
  const { file, database } = makeTempDatabase();

  const ended = await runTogether(
    'plan-at.ts',
    Array.from({ length: PROCESSES }, () => [file]),
  );

  const taken = ended.map(({ stdout }) => Number(stdout));
  const items = (await makeOutbox(database).list()).map(({ item }) => item);
  expect(ended.map(({ stderr }) => stderr)).toEqual(['', '', '', '']);
  expect(taken.reduce((sum, count) => sum + count, 0)).toBe(items.length);
  expect(new Set(items).size).toBe(items.length);
  expect(items.length).toBeGreaterThan(0);
  expect(items.length).toBeLessThanOrEqual(20);
}, 180_000);
