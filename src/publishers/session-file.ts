import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AtpSessionData } from '@atproto/api';
import { sha256 } from '../kit/ids.ts';
import type { BlueskyAccount, SessionStore } from './bluesky-session.ts';

/**
 * Keeps a session in a file that only its owner can read. It belongs to one account and one
 * password: after a change of either it is not used.
 */
export function makeSessionFile(path: string, account: BlueskyAccount): SessionStore {
  const { service, identifier, appPassword } = account;
  const owner = sha256(JSON.stringify([service, identifier, sha256(appPassword)]));
  return {
    read: async () => {
      const stored = await readStored(path);
      return stored?.owner === owner ? stored.session : undefined;
    },
    write: async (session) => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // Another client of this process may write at the same time.
      const aside = `${path}.${randomUUID()}.part`;
      await writeFile(aside, JSON.stringify({ owner, session }), { mode: 0o600 });
      await rename(aside, path);
    },
    forget: async (refreshJwt) => {
      const stored = await readStored(path);
      if (stored?.session?.refreshJwt === refreshJwt) await rm(path, { force: true });
    },
  };
}

type Stored = { readonly owner?: string; readonly session?: AtpSessionData };

async function readStored(path: string): Promise<Stored | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Stored;
  } catch {
    // No file, or one that was torn: log in anew.
    return undefined;
  }
}
