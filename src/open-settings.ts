import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Settings } from './cli/connect/settings.ts';
import { readKind } from './destination-names.ts';
import { describeError, PaperboyError } from './kit/errors.ts';
import { nameVariable, VARIABLES } from './variables.ts';

/**
 * The settings of a folder one by one, for who puts them right: no other need be there or be valid.
 * Throws `env.unreadable`.
 */
export function openSettings(environment: NodeJS.ProcessEnv, folder: string): Settings {
  const file = join(folder, '.env');
  const fromFile = readFile(file);
  return {
    file,
    isName: (kind, name) => readKind(name) === kind,
    find: (variable, destination) => {
      const name = nameVariable(variable, destination);
      return {
        name,
        inEnvironment: environment[name]?.trim() || undefined,
        inFile: fromFile[name]?.trim() || undefined,
      };
    },
    parse: (variable, text) => {
      const { success, data } = VARIABLES[variable].schema.safeParse(text.trim());
      return success ? data : undefined;
    },
  };
}

function readFile(file: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new PaperboyError(
      'env.unreadable',
      `Cannot read ${file}: ${describeError(error)}`,
      'Give this user the right to read it, then do this again.',
      error,
    );
  }
}
