import { open } from 'node:fs/promises';
import { MAX_ISSUE_BYTES } from '../issue/text/read-source.ts';
import { describeError, PaperboyError } from '../kit/errors.ts';
import type { Fetch, Fetched } from '../sources/fetch.ts';

/**
 * The bytes of a file, or of standard input for "-". Reads no more than one byte over what an
 * issue may have, so that a huge file costs nothing. `command` is how the same is said of standard
 * input. Throws `source.unreadable`.
 */
export async function readSource(
  path: string,
  stdin: AsyncIterable<Uint8Array>,
  command: string,
): Promise<Uint8Array> {
  if (path === '-') return readAll(stdin);
  try {
    const file = await open(path, 'r');
    try {
      return await readAll(file.createReadStream({ end: MAX_ISSUE_BYTES, autoClose: false }));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new PaperboyError(
      'source.unreadable',
      `Cannot read ${path} as it must be a file that this user may read: ${describeError(error)}`,
      `Check the path, or pipe the text: ${command} < FILE`,
      error,
    );
  }
}

/** Whether an argument is an address rather than a file. */
export function isUrl(argument: string): boolean {
  return /^https?:\/\//i.test(argument);
}

/** What is at an address. Throws `source.unreachable`. */
export async function fetchSource(
  fetch: Fetch,
  url: string,
): Promise<Extract<Fetched, { kind: 'fetched' }>> {
  const fetched = await fetch(url);
  if (fetched.kind === 'fetched') return fetched;
  throw new PaperboyError(
    'source.unreachable',
    `Cannot fetch the issue as ${fetched.kind === 'unchanged' ? 'there is no answer' : fetched.reason}`,
    fetched.kind === 'refused' ? fetched.remedy : 'Try again later, or import a file.',
  );
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    size += chunk.length;
    if (size > MAX_ISSUE_BYTES) break;
  }
  return Buffer.concat(read);
}
