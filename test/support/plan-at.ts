/*
 * A process of its own that takes slots: node plan-at.ts FILE EPOCH_MS
 * Prints how many of twenty slots it took.
 */
import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../../src/database/open-database.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from './make-new-delivery.ts';

const [file = '', at = '0'] = process.argv.slice(2);
const database = openDatabase(file);
const outbox = makeOutbox(database);
const candidates = Array.from({ length: 40 }, (_, i) => makeNewDelivery({ item: `paper/${i}` }));
await setTimeout(Math.max(0, Number(at) - Date.now()));
let taken = 0;
for (let day = 0; day < 20; day += 1) {
  const slotAt = new Date(Date.UTC(2026, 10, 1 + day, 9));
  const slot = { destination: 'folder', slotAt, schedule: '0 9 * * * UTC' };
  if ((await outbox.takeSlot(slot, candidates, slotAt)).taken) taken += 1;
}
await database.destroy();
process.stdout.write(String(taken));
