/*
 * A process of its own that spends of a budget: node spend.ts FOLDER FILE MOST WINDOW_MS
 * Prints the instant of each time that it was let through, one a line.
 */
import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../../src/database/open-database.ts';
import { makeSpending } from '../../src/outbox/spending.ts';
import { waitForAll } from './wait-for-all.ts';

const [folder = '', file = '', most = '1', windowMs = '1'] = process.argv.slice(2);
const database = openDatabase(file);
const spending = makeSpending(database, 'shared');
const limits = [{ most: Number(most), windowMs: Number(windowMs) }];
await waitForAll(folder);
for (let count = 0; count < 60; count += 1) {
  const now = new Date();
  const roomAt = await spending.take(1, limits, now);
  if (roomAt === undefined) process.stdout.write(`${now.getTime()}\n`);
  else await setTimeout(5);
}
await database.destroy();
