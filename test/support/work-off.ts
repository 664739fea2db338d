/*
 * A process of its own that works off an outbox: node work-off.ts FOLDER FILE OWNER DESTINATION…
 * Prints the id of each delivery that it settled, one a line.
 */
import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../../src/database/open-database.ts';
import { makeOutbox } from '../../src/outbox/outbox.ts';
import { OPEN_STATES } from '../../src/outbox/transitions.ts';
import { waitForAll } from './wait-for-all.ts';

const [folder = '', file = '', owner = '', ...destinations] = process.argv.slice(2);
const database = openDatabase(file);
const outbox = makeOutbox(database);
await waitForAll(folder);
for (;;) {
  const claim = await outbox.claim({ owner, now: new Date(), leaseMs: 60_000, destinations });
  if (claim === undefined) {
    if ((await outbox.list({ states: OPEN_STATES, most: 1 })).length === 0) break;
    await setTimeout(2);
    continue;
  }
  const receipt = { posts: [{ id: `${owner}/${claim.delivery.id}` }] };
  if (await outbox.settle(claim, { kind: 'sent', receipt }, new Date())) {
    process.stdout.write(`${claim.delivery.id}\n`);
  }
}
await database.destroy();
