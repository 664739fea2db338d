import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Config, readConfig } from '../../src/config.ts';
import { PaperboyError } from '../../src/kit/errors.ts';
import type { KnownLimits } from '../../src/known-limits.ts';
import type { PlaceSetting } from '../../src/places.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

export const TOKEN = `MTA1SECRET${'x'.repeat(20)}.Gabcde.SECRETsecretSECRETsecret`;
export const PASSWORD = 'secr-etpa-ssww-ords';
export const CHANNEL = '1052345678901234567';

/** The destination of that name, as it is configured. */
export const findPlace = ({ places }: Config, name: string): PlaceSetting | undefined =>
  places.find((place) => place.name === name);
/** The limits of the Mastodon account of that name. */
export function findLimits(config: Config, name = 'mastodon'): KnownLimits {
  const place = findPlace(config, name);
  if (place?.kind !== 'mastodon') throw new Error(`there is no ${name}`);
  return place.limits;
}

/** What stands in the folder. */
type Files = { readonly env?: string; readonly yaml?: string };

export function makeFolder({ env, yaml }: Files): string {
  const folder = makeTempFolder();
  if (env !== undefined) writeFileSync(join(folder, '.env'), env);
  if (yaml !== undefined) writeFileSync(join(folder, 'paperboy.yaml'), yaml);
  return folder;
}

export async function read(environment: NodeJS.ProcessEnv, files: Files = {}): Promise<Config> {
  return readConfig(environment, makeFolder(files));
}

export async function catchError(run: () => Promise<unknown>): Promise<PaperboyError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof PaperboyError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The problems that are told, one a line. */
export async function readProblems(
  environment: NodeJS.ProcessEnv,
  files: Files = {},
): Promise<string[]> {
  const error = await catchError(() => read(environment, files));
  expect(error.code).toBe('config.invalid');
  expect(error.remedy).toContain('paperboy.yaml; docs/configuration.md has every setting');
  const prefix = 'Cannot start as the configuration is wrong: ';
  expect(error.message.startsWith(prefix)).toBe(true);
  return error.message.slice(prefix.length).split('\n  ');
}
