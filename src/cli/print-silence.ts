import type { Words } from './describe-delivery.ts';
import type { Life } from './heartbeat.ts';
import type { Output } from './output.ts';
import { hang } from './wrap.ts';

/** Says that nobody is there to post, and what to do; nothing where somebody is. */
export function printSilence(
  { style, line }: Output,
  { isRunning, heardAt }: Life,
  words: Words,
): void {
  if (isRunning) return;
  const said =
    heardAt === undefined
      ? 'Paperboy is not running: nothing goes out until it is started: paperboy start'
      : `Nothing was heard of Paperboy since ${words.at(heardAt)}: unless it runs, nothing goes out until it is started: paperboy start; why it may be silent: paperboy doctor`;
  line(hang(`${style('yellow', '!')} ${said}`, '  '));
}
