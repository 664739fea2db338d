import { PassThrough, Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { makeOutput } from '../../src/cli/output.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

export type Terminal = {
  readonly context: CliContext;
  /** Of what the commands work with: the folder of the data. */
  readonly data: string;
  /** What was written since the last look. */
  readonly read: () => string;
  readonly readNotes: () => string;
};

/** A terminal of so many columns, or a pipe, before a desk. It shows no colours. */
export function makeTerminal(desk: Desk, columns?: number, input = ''): Terminal {
  setColumns(columns);
  const [stdout, stderr] = [makeStream(columns), makeStream(columns)];
  const data = makeTempFolder();
  const folders = { data, posts: data };
  const context = {
    output: makeOutput(stdout.stream, stderr.stream),
    stdin: Readable.from([Buffer.from(input)]),
    openDesk: async () => ({ desk, folders }),
  } as unknown as CliContext;
  return { context, data, read: stdout.read, readNotes: stderr.read };
}

/** What is said of deliveries is broken at the width of the process's own streams. */
function setColumns(columns: number | undefined): void {
  for (const stream of [process.stdout, process.stderr]) {
    const before = Object.getOwnPropertyDescriptor(stream, 'columns');
    Object.defineProperty(stream, 'columns', { value: columns, configurable: true });
    onTestFinished(() => {
      if (before === undefined) Reflect.deleteProperty(stream, 'columns');
      else Object.defineProperty(stream, 'columns', before);
    });
  }
}

function makeStream(columns: number | undefined): {
  readonly stream: NodeJS.WriteStream;
  readonly read: () => string;
} {
  const chunks: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk) => chunks.push(String(chunk)));
  const traits = { isTTY: false, columns, hasColors: () => false, getColorDepth: () => 1 };
  return {
    stream: Object.assign(stream, traits) as unknown as NodeJS.WriteStream,
    read: () => chunks.splice(0).join(''),
  };
}
