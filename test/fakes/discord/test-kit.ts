import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DiscordAPIError, REST } from '@discordjs/rest';
import { onTestFinished } from 'vitest';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from './server.ts';

const besideProject = fileURLToPath(
  new URL('../../../../shared/discord/openapi.json', import.meta.url),
);

/** Where Discord's spec is on this machine: DISCORD_OPENAPI, or beside the project; else nothing. */
export const specPath = [process.env.DISCORD_OPENAPI, besideProject].find(
  (path) => path !== undefined && existsSync(path),
);

if (specPath === undefined) {
  process.stderr.write(
    "Discord's OpenAPI spec was not found, so its checks are skipped: set DISCORD_OPENAPI to its path.\n",
  );
}

/** A fake for one test and the real REST client of discord.js that talks to it. */
export async function startForTest(
  options: FakeDiscordOptions = {},
): Promise<{ readonly discord: FakeDiscord; readonly rest: REST }> {
  const discord = await startFakeDiscord({ openApiPath: specPath, ...options });
  onTestFinished(() => discord.close());
  return { discord, rest: makeRest(discord) };
}

/** The client as a publisher sets it up: no retries of its own, a short wait for headers. */
export function makeRest(discord: FakeDiscord, token: string = discord.token): REST {
  const options = { version: '10', api: discord.apiUrl, retries: 0, timeout: 5_000 };
  return new REST({ ...options, rejectOnRateLimit: () => true }).setToken(token);
}

/** A plain request with the bot's token, for what the client hides; its answer is read whole. */
export async function fetchAs(
  discord: FakeDiscord,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bot ${discord.token}`);
  headers.set('user-agent', 'DiscordBot (https://paperboy.invalid, 1)');
  if (typeof init.body === 'string') headers.set('content-type', 'application/json');
  const answer = await fetch(`${discord.apiUrl}/v10${path}`, { ...init, headers });
  // A body left unread would fail loudly, and outside of the test, when the fake closes.
  const bytes = await answer.arrayBuffer();
  return new Response(answer.status === 204 ? null : bytes, answer);
}

/** The refusal that a call ends with: HTTP status, code and the whole body. */
export async function refusalOf(call: Promise<unknown>): Promise<{
  readonly status: number;
  readonly code: number | string;
  readonly errors: unknown;
}> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    const errors = 'errors' in error.rawError ? error.rawError.errors : undefined;
    return { status: error.status, code: error.code, errors };
  }
  throw new Error('Cannot show the refusal as the call succeeded');
}
