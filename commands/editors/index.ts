import type { EditorCommand } from '../command.ts';
import approve from './approve.ts';
import correct from './correct.ts';
import hold from './hold.ts';
import post from './post.ts';
import preview from './preview.ts';
import queue from './queue.ts';
import retract from './retract.ts';
import status from './status.ts';

/** Every command of the editors; a test keeps it equal to the folder. */
export const editorCommands: readonly EditorCommand[] = [
  post,
  preview,
  queue,
  approve,
  hold,
  retract,
  correct,
  status,
];
