import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { CliContext } from '../context.ts';

/** The answers of a person, or of a program, line by line. */
export type Answers = {
  /** Whether a person types them, and so sees what was wrong with one before the next. */
  readonly isTyped: boolean;
  /** The next one; undefined when there is none any more, or at Ctrl+C. */
  read(isSecret: boolean): Promise<string | undefined>;
  close(): Promise<void>;
};

/** At a terminal a line is typed, and not shown where it is a secret; else it is read as it comes. */
export function readAnswers(stdin: CliContext['stdin']): Answers {
  if (stdin === process.stdin && process.stdin.isTTY) {
    return { isTyped: true, read: readTyped, close: async () => undefined };
  }
  const lines = splitLines(stdin);
  return {
    isTyped: false,
    read: async () => {
      const { done, value } = await lines.next();
      return done ? undefined : value;
    },
    close: async () => {
      await lines.return(undefined);
    },
  };
}

/** Ctrl+C and Ctrl+D end it. Between two of them the terminal is as it was. */
function readTyped(isSecret: boolean): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({
    input: process.stdin,
    output: isSecret ? nowhere : process.stderr,
    terminal: true,
    historySize: 0,
    prompt: '> ',
  });
  if (isSecret) process.stderr.write('> ');
  let isAnswered = false;
  terminal.once('line', (line) => {
    isAnswered = true;
    resolve(line);
    terminal.close();
  });
  terminal.once('close', () => {
    // What comes next begins on a line of its own.
    if (isSecret || !isAnswered) process.stderr.write('\n');
    resolve(undefined);
  });
  terminal.prompt();
  return promise;
}

async function* splitLines(stdin: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stdin) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
