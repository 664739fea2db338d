/*
 * A process of its own that opens a database at the same time as others: node open-at.ts FOLDER FILE
 * Prints "open", or the code and message of what was thrown.
 */
import { openDatabase } from '../../src/database/open-database.ts';
import { PaperboyError } from '../../src/kit/errors.ts';
import { waitForAll } from './wait-for-all.ts';

const [folder = '', file = ''] = process.argv.slice(2);
await waitForAll(folder);
try {
  const database = openDatabase(file);
  await database.selectFrom('deliveries').selectAll().execute();
  await database.destroy();
  process.stdout.write('open');
} catch (error) {
  process.stdout.write(error instanceof PaperboyError ? `${error.code} ${error.message}` : 'threw');
}
