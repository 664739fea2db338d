import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlacedThread, VenueKind } from '../venue.ts';

const corrections = ['edit'] as const;

/** A folder on the disk: each of its folders is a thread, and hidden ones are nobody's. */
export const folderKind: VenueKind = {
  name: 'folder',
  corrections,
  open: async (cwd) => {
    const place = join(cwd, 'data', 'posts');
    return {
      name: 'folder',
      to: 'folder',
      platform: 'bluesky',
      env: {},
      settings: {},
      paragraphs: 3,
      corrections,
      read: () => readFolders(place),
      describe: (post) => JSON.stringify(post),
      close: async () => {},
    };
  },
};

async function readFolders(place: string): Promise<PlacedThread[]> {
  const names = (await readdir(place).catch(() => [])).filter((name) => !name.startsWith('.'));
  return Promise.all(
    names.map(async (name) => {
      const folder = join(place, name);
      const texts = (await readdir(folder)).filter((file) => file.endsWith('.txt'));
      const numbers = texts.map((file) => Number.parseInt(file, 10)).sort((a, b) => a - b);
      return Promise.all(
        numbers.map(async (number) => {
          const json = await readFile(join(folder, `${number}.json`), 'utf8').catch(() => 'null');
          return { id: join(folder, `${number}.txt`), words: describeJson(json) };
        }),
      );
    }),
  );
}

/** What is torn is shown as it is. */
function describeJson(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}
