import { globSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../', import.meta.url);

/** Every file of the program by its name, as text. */
export function readSource(): ReadonlyMap<string, string> {
  const names = globSync('{src,formatters,commands}/**/*.ts', { cwd: FOLDER }).sort();
  return new Map(names.map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')]));
}
