import type { Desk } from '../desk/desk.ts';
import type { Log } from '../kit/log.ts';
import type { Output } from './output.ts';

/** What the commands of the command line work with. */
export type CliContext = {
  readonly output: Output;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Reads and checks the configuration, once, and tells the folders in it. */
  readonly readFolders: () => Promise<Folders>;
  /**
   * Opens everything behind the doors, once; closed when the command is over. A service logs its
   * events, other commands only speak for themselves.
   */
  readonly openDesk: (isService?: boolean) => Promise<OpenDesk>;
};

/** Absolute paths: of the data, and of what the folder destination gets. */
export type Folders = { readonly data: string; readonly posts: string };

export type OpenDesk = { readonly desk: Desk; readonly log: Log; readonly folders: Folders };

/** 0 only if a command did what was asked. */
export type ExitCode = 0 | 1;
