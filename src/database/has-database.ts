import { existsSync } from 'node:fs';

/** Whether there is a database yet: opening one that is not there would make it. */
export function hasDatabase(file: string): boolean {
  return file !== ':memory:' && existsSync(file);
}
