import { PaperboyError } from '../../kit/errors.ts';
import type { Answers } from './read-answers.ts';

export type Question = {
  readonly text: string;
  /** An example, and where to find it. */
  readonly help: readonly string[];
  readonly isSecret?: boolean;
  /** What an empty answer stands for: never shown where it is a secret. */
  readonly standing?: string | undefined;
  /** What an empty answer means where it stands for nothing; without this it ends everything. */
  readonly ifEmpty?: string;
};

/** Asks who is at the other end. Throws `connect.abandoned` where there is no answer. */
export type Ask = {
  /** Whether a question can be asked again: what comes by itself is the answer to the next one. */
  readonly isTyped: boolean;
  text(question: Question): Promise<string>;
  /** Yes, unless the answer begins with an n. */
  confirm(text: string): Promise<boolean>;
};

export function makeAsk(answers: Answers, say: (text: string) => void): Ask {
  const read = async (isSecret: boolean): Promise<string> => {
    const line = await answers.read(isSecret);
    if (line === undefined) throw abandoned();
    return line.trim();
  };
  return {
    isTyped: answers.isTyped,
    text: async ({ text, help, isSecret = false, standing, ifEmpty }) => {
      say('');
      say(text);
      for (const line of help) say(`  ${line}`);
      const shown = isSecret ? 'the one that is set' : standing;
      if (standing !== undefined) say(`  Enter keeps ${shown}`);
      else if (ifEmpty !== undefined) say(`  Enter ${ifEmpty}`);
      const answer = await read(isSecret);
      if (answer === '' && standing === undefined && ifEmpty === undefined) throw abandoned();
      return answer === '' ? (standing ?? '') : answer;
    },
    confirm: async (text) => {
      say('');
      say(`${text} [Y/n]`);
      return !/^n/i.test(await read(false));
    },
  };
}

function abandoned(): PaperboyError {
  return new PaperboyError(
    'connect.abandoned',
    'Cannot connect the account as a question was left without an answer: .env is as it was',
    'Do this again when you have it.',
  );
}
