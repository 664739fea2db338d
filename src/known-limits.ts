import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  server: z.string(),
  maxCharacters: z.int().positive(),
  charactersPerUrl: z.int().positive(),
});

/** What a Mastodon server allows in a post: its characters, and what an address counts for. */
export type ServerLimits = { readonly maxCharacters: number; readonly charactersPerUrl: number };

/** What a server was known to allow when it was last asked. */
export type KnownLimits = {
  /** Undefined when it was never asked. Reads no network. */
  readonly read: () => ServerLimits | undefined;
  /** How old that is, in milliseconds; infinite when it was never asked. */
  readonly ageMs: (now: Date) => number;
  readonly write: (limits: ServerLimits) => void;
};

/**
 * Keeps a server's limits in a file of the data folder, so that a preview, which asks nobody, cuts
 * as the posts will be cut.
 */
export function makeKnownLimits(dataFolder: string, server: string): KnownLimits {
  const path = join(dataFolder, 'servers', `${new URL(server).host.replace(':', '_')}.json`);
  let known: ServerLimits | undefined;
  let writtenMs: number | undefined;
  return {
    read: () => {
      // Another process may have learned them since.
      const ms = readWrittenMs(path);
      if (ms !== writtenMs) known = readLimits(path, server);
      writtenMs = ms;
      return known;
    },
    ageMs: (now) => {
      const isKnown = readLimits(path, server) !== undefined;
      return isKnown ? now.getTime() - statSync(path).mtimeMs : Number.POSITIVE_INFINITY;
    },
    write: ({ maxCharacters, charactersPerUrl }) => {
      mkdirSync(dirname(path), { recursive: true });
      const aside = `${path}.${process.pid}.part`;
      writeFileSync(aside, JSON.stringify({ server, maxCharacters, charactersPerUrl }));
      renameSync(aside, path);
    },
  };
}

function readWrittenMs(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

function readLimits(path: string, server: string): ServerLimits | undefined {
  try {
    const stored = schema.parse(JSON.parse(readFileSync(path, 'utf8')));
    if (stored.server !== server) return undefined;
    const { maxCharacters, charactersPerUrl } = stored;
    return { maxCharacters, charactersPerUrl };
  } catch {
    // No file yet, or one that is no longer readable: the server is asked again.
    return undefined;
  }
}
