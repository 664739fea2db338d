import { createServer, type Server } from 'node:http';
import type { Handle, Reply } from './interactions-handle.ts';
import type { OptionValues } from './interactions-options.ts';
import type { Situation } from './interactions-situation.ts';
import { isJsonObject, textOf } from './json.ts';
import type { StoredMessage } from './message.ts';
import type { FakeDiscord } from './server.ts';
import { readBytes } from './wire.ts';

/** How many messages of replies are kept, for buttons to be pressed on. */
const LIMIT_MESSAGES = 1_000;

/** A dispatch asked for over HTTP; messages by the id that an earlier answer gave. */
export type DispatchRequest = { readonly situation?: Situation } & (
  | { readonly kind: 'slash'; readonly name: string; readonly options?: OptionValues }
  | {
      readonly kind: 'autocomplete';
      readonly name: string;
      readonly option: string;
      readonly typed: string;
      readonly options?: OptionValues;
    }
  | { readonly kind: 'press'; readonly messageId: string; readonly customId: string }
  | {
      readonly kind: 'select';
      readonly messageId: string;
      readonly customId: string;
      readonly values: readonly string[];
    }
);

/** The fake's remote control: where it listens, and its end. */
export type Control = { readonly url: string; close(): void };

/**
 * Lets another process use the fake, on a port of its own:
 * `POST /_control/dispatch` takes a DispatchRequest and answers with the Reply, its milliseconds
 * measured in the fake's process; `POST /_control/gateway` takes `{"verb": "cut"}` (or
 * `askToReconnect`, `invalidate` with `isResumable`, `close` with `code`, `revoke`);
 * `GET /_control/state` says who is connected and how many commands are registered.
 */
export async function startControl(discord: FakeDiscord): Promise<Control> {
  const messages = new Map<string, StoredMessage>();

  function keep({ message }: Reply): void {
    if (message === undefined) return;
    messages.set(message.id, message);
    const [oldest] = messages.keys();
    if (messages.size > LIMIT_MESSAGES && oldest !== undefined) messages.delete(oldest);
  }

  function needMessage(id: string): StoredMessage {
    const message = messages.get(id);
    if (message === undefined) throw new Error(`Cannot press as no reply made the message: ${id}`);
    return message;
  }

  function dispatch(asked: DispatchRequest): Handle {
    const { dispatch } = discord;
    switch (asked.kind) {
      case 'slash':
        return dispatch.slash(asked.name, asked.options, asked.situation);
      case 'autocomplete':
        return dispatch.autocomplete(asked.name, asked, asked.situation);
      case 'press':
        return dispatch.press(needMessage(asked.messageId), asked.customId, asked.situation);
      case 'select': {
        const message = needMessage(asked.messageId);
        return dispatch.select(message, asked.customId, asked.values, asked.situation);
      }
    }
  }

  async function answer(path: string, body: unknown): Promise<unknown> {
    const { gateway } = discord;
    if (path === '/_control/state') {
      const { isConnected, identifies, resumes } = gateway;
      return { isConnected, identifies, resumes, commands: discord.commands().length };
    }
    if (!isJsonObject(body)) throw new Error('Cannot do anything without a JSON object');
    if (path === '/_control/dispatch') {
      const reply = await dispatch(body as DispatchRequest).reply();
      keep(reply);
      return reply;
    }
    if (path !== '/_control/gateway') throw new Error(`Cannot do what is not known: ${path}`);
    const verbs: Readonly<Record<string, () => void>> = {
      cut: () => gateway.cut(),
      askToReconnect: () => gateway.askToReconnect(),
      invalidate: () => gateway.invalidate(body.isResumable === true),
      close: () => gateway.close(Number(body.code)),
      revoke: () => discord.revokeToken(),
    };
    const act = verbs[textOf(body.verb)];
    if (act === undefined) throw new Error(`Cannot do what is not known: ${body.verb}`);
    act();
    return {};
  }

  const server = createServer(async (request, response) => {
    try {
      const text = (await readBytes(request)).toString('utf8');
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const result = await answer(request.url ?? '/', body);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: message }));
    }
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
  return promise;
}
