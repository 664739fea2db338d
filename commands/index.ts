import type { Command } from './command.ts';
import latest from './latest.ts';

/** Every slash command; a test keeps it equal to the folder. */
export const commands: readonly Command[] = [latest];
