import { gatherCodes } from './codes/gather-codes.ts';
import { makeCodes } from './codes/make-codes.ts';
import { readCodes } from './codes/read-codes.ts';
import { readSource } from './codes/read-source.ts';

/** docs/codes.md as the source has it now. Throws where source and schema/codes/ do not agree. */
export function generateCodes(): string {
  const { entries, problems } = gatherCodes(readCodes(readSource()));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return makeCodes(entries);
}
