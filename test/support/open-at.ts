/*
 * A process of its own that opens a database at an instant: node open-at.ts FILE EPOCH_MS
 * Prints "open", or the code and message of what was thrown.
 */
import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../../src/database/open-database.ts';
import { PaperboyError } from '../../src/kit/errors.ts';

const [file = '', at = '0'] = process.argv.slice(2);
await setTimeout(Math.max(0, Number(at) - Date.now()));
try {
  const database = openDatabase(file);
  await database.selectFrom('deliveries').selectAll().execute();
  await database.destroy();
  process.stdout.write('open');
} catch (error) {
  process.stdout.write(error instanceof PaperboyError ? `${error.code} ${error.message}` : 'threw');
}
