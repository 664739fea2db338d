import type {
  Ask,
  Command,
  EditorAsk,
  EditorCommand,
  Pressed,
  Reply,
} from '../../commands/command.ts';
import { tellError } from '../../commands/editors/parts/act-on-draft.ts';
import { giveWordsBack } from '../../commands/editors/parts/kept-words.ts';
import { keyCommand } from '../../commands/index.ts';
import { makeBody, say } from '../../commands/parts/reply.ts';
import { speak } from '../../commands/parts/speak.ts';
import { type EditorDesk, isEditor, seatEditor } from '../desk/editor-desk.ts';
import type { Clock } from '../kit/clock.ts';
import { describeError, PaperboyError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';

export type EditorGuard = {
  /** Undefined where no editors are configured: then nobody is one. */
  readonly desk: EditorDesk | undefined;
  readonly log: Log;
  readonly clock: Pick<Clock, 'now'>;
  /** Called after an editor may have decided something. */
  readonly onActed?: (() => void) | undefined;
};

const SUGGEST = '.suggest';
/** Discord asks at every keystroke: who types in vain is logged once in this time. */
const TYPING_MS = 60 * 60 * 1000;
/** When somebody was last logged so, by their id: all commands of a guard share it. */
const typing = new WeakMap<EditorGuard, Map<string, number>>();
/** They only show something. */
const LOOKS: readonly string[] = ['preview', 'preview.press', 'queue', 'status'];

/**
 * A command that editors alone can use, checked here each time, whatever Discord shows to whom. In
 * the desk it is written down who acts. Everybody else gets a refusal, and reaches no desk; the log
 * has who wanted what.
 */
export function guardEditors(command: EditorCommand, guard: EditorGuard): Command {
  const { answer, suggest, press, submit } = command;
  const key = keyCommand(command.definition.name);

  const typedAt = typing.get(guard) ?? new Map<string, number>();
  typing.set(guard, typedAt);
  const isTold = (userId: string): boolean => {
    const now = guard.clock.now().getTime();
    for (const [one, at] of typedAt) if (now - at >= TYPING_MS) typedAt.delete(one);
    if (typedAt.has(userId)) return true;
    typedAt.set(userId, now);
    return false;
  };
  const enter = (ask: Ask, verb: string): EditorAsk | undefined => {
    const { desk, log } = guard;
    if (desk !== undefined && isEditor(desk.editors, ask.asker)) {
      return { ...ask, desk: seatEditor(desk, ask.asker) };
    }
    const { userId } = ask.asker;
    if (verb === SUGGEST && isTold(userId)) return undefined;
    log.warn({ command: `${key}${verb}`, user: userId }, 'editor.refused');
    return undefined;
  };
  const refuse = (ask: Ask): Reply => {
    const { editor } = speak(ask).words;
    return say(guard.desk === undefined ? editor.unconfigured : editor.refused);
  };
  /** Runs a verb for an editor; what the desk refuses is told to them alone. */
  const run = async <T extends Reply | undefined>(
    ask: Ask,
    verb: string,
    work: (ask: EditorAsk) => Promise<T>,
  ): Promise<T | Pressed> => {
    const entered = enter(ask, verb);
    if (entered === undefined) return { ...refuse(ask), isNew: true };
    try {
      return await work(entered);
    } catch (error) {
      if (!(error instanceof PaperboyError)) throw error;
      return { body: makeBody([], [], tellError(error)), isPrivate: true, isNew: true };
    } finally {
      if (!LOOKS.includes(`${key}${verb}`)) guard.onActed?.();
    }
  };

  return {
    definition: command.definition,
    isPrivate: true,
    isBusy: true,
    ...(answer && {
      answer: async (ask) =>
        (await run(ask, '', (entered) => answer(entered))) ?? say(speak(ask).words.unknownCommand),
    }),
    ...(suggest && {
      suggest: async (ask, focused) => {
        const entered = enter(ask, SUGGEST);
        return entered === undefined ? [] : suggest(entered, focused);
      },
    }),
    ...(press && {
      press: (ask, pressed) => run(ask, '.press', (entered) => press(entered, pressed)),
    }),
    ...(submit && {
      submit: (ask, sent) =>
        run(ask, '.modal', async (entered) => {
          try {
            return await submit(entered, sent);
          } catch (error) {
            // What somebody has typed is not lost for a fault of ours.
            guard.log.error(
              { command: `${key}.modal`, reason: describeError(error) },
              'interaction.failed',
            );
            const words = Object.values(sent.fields).join('\n');
            return giveWordsBack(entered, undefined, words, [describeError(error)]);
          }
        }),
    }),
  };
}
