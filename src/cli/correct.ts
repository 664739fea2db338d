import { correctNamed } from '../desk/approval/correct-named.ts';
import { decodeSource } from '../issue/text/read-source.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { Correction } from '../publishers/publisher.ts';
import type { CliContext, ExitCode } from './context.ts';
import { type ItemOptions, toItemRequest } from './item-options.ts';
import { deliverActed } from './print-acted.ts';
import { readSource } from './read-source.ts';

export type CorrectOptions = ItemOptions & {
  readonly to?: string;
  readonly how?: Correction;
  readonly words?: string;
  readonly all?: boolean;
  readonly json?: boolean;
};

/** `paperboy correct ISSUE [FILE|-]` */
export async function runCorrect(
  { output, stdin, openDesk }: CliContext,
  reference: string,
  file: string | undefined,
  { to, how, words, all, json, ...options }: CorrectOptions,
): Promise<ExitCode> {
  const request = toItemRequest(options);
  if (Object.keys(request).length === 0 && !all) {
    throw new PaperboyError(
      'items.unnamed',
      'Cannot correct as it is not said which item',
      'Name it with --paper or --digest, or give --all for every paper of the issue.',
    );
  }
  const said = words ?? (file === undefined ? undefined : await readWords(stdin, reference, file));
  const { desk } = await openDesk();
  const { acted, approved, held } = await correctNamed(desk, reference, {
    ...request,
    ...(to === undefined ? {} : { to }),
    ...(how === undefined ? {} : { how }),
    ...(said === undefined ? {} : { words: said }),
  });
  if (!json) {
    for (const { item } of held) output.note(`Left out, as an editor holds it: ${name(item)}`);
    for (const { item } of approved) output.note(`Approved with these words: ${name(item)}`);
  }
  if (acted.length === 0) {
    if (json) output.json({ deliveries: [] });
    else
      output.note(
        'Nothing of it was posted where Paperboy posts now, so there is nothing to correct.',
      );
    return 1;
  }
  return deliverActed(desk, output, acted, {
    ...(json ? { json } : {}),
    isEnd: ({ state }) => state === 'sent',
  });
}

function name(item: string): string {
  return item.replace('paper/', '');
}

async function readWords(
  stdin: AsyncIterable<Uint8Array>,
  reference: string,
  file: string,
): Promise<string> {
  const command = `paperboy correct ${reference} -`;
  return decodeSource(await readSource(file, stdin, command)).text.trim();
}
