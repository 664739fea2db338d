/* A process of its own that binds an alias to an account at a given time, and prints the destination. */
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../../src/database/open-database.ts';
import { makeAccounts } from '../../src/outbox/accounts.ts';

const [file = '', startAt = '', alias = '', id = '', name = ''] = process.argv.slice(2);
const database = openDatabase(file);
await wait(Math.max(0, Number(startAt) - Date.now()));
const identity = { id, name, formerName: name, owns: () => undefined };
const { destination } = await makeAccounts(database).bind(alias, identity);
process.stdout.write(destination);
await database.destroy();
