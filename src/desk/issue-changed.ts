import { PaperboyError } from '../kit/errors.ts';

/** `issue.changed`: somebody works on words that are others by now. */
export function makeIssueChanged(number: number, seen: number, now: number): PaperboyError {
  return new PaperboyError(
    'issue.changed',
    `Cannot decide about revision ${seen} of #${number} as it has been changed since: there is revision ${now}`,
    'Look at it as it is now, and decide again.',
  );
}
