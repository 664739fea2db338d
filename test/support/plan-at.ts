/*
 * A process of its own that takes slots: node plan-at.ts FOLDER FILE
 * Prints how many of twenty slots it took.
 */
import { openDatabase } from '../../src/database/open-database.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { makeNewDelivery } from './make-new-delivery.ts';
import { waitForAll } from './wait-for-all.ts';

const [folder = '', file = ''] = process.argv.slice(2);
const database = openDatabase(file);
const outbox = makeOutbox(database);
await waitForAll(folder);
let taken = 0;
for (let day = 0; day < 20; day += 1) {
  const slotAt = new Date(Date.UTC(2026, 10, 1 + day, 9));
  const mark = { lane: 'papers', schedule: '0 9 * * * UTC', isOpen: false, sinceIssue: 0 } as const;
  const before = await outbox.readLanes('folder');
  const [last] = before;
  if (last !== undefined && last.slotAt >= slotAt) continue;
  const after = [{ ...mark, slotAt }];
  const item = `paper/${day}`;
  const needs = [{ item, approvedHash: undefined }];
  const deliveries = [{ ...makeNewDelivery({ item }), needs }];
  const plan = { destination: 'folder', before, after, deliveries };
  if ((await outbox.takeSlots(plan, slotAt)) !== undefined) taken += 1;
}
await database.destroy();
process.stdout.write(String(taken));
