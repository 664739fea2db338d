/* A process of its own that binds an alias to an account at the same time as others, and prints the destination. */
import { openDatabase } from '../../src/database/open-database.ts';
import { makeAccounts } from '../../src/outbox/accounts.ts';
import { waitForAll } from './wait-for-all.ts';

const [folder = '', file = '', alias = '', id = '', name = ''] = process.argv.slice(2);
const database = openDatabase(file);
await waitForAll(folder);
const identity = { id, name, formerName: name, owns: () => undefined };
const { destination } = await makeAccounts(database).bind(alias, identity);
process.stdout.write(destination);
await database.destroy();
