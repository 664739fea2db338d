import type { Draft, Platform } from '../../formatters/draft.ts';
import { platforms, readDraft } from '../../formatters/index.ts';
import { codePoints, graphemes, measure } from '../../formatters/text/measure.ts';
import { preview } from '../desk/preview.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { CliContext, ExitCode } from './context.ts';
import { count, type Output } from './output.ts';

export type PreviewOptions = {
  readonly paper?: string;
  readonly to?: string;
  readonly json?: boolean;
};

/** `paperboy preview ISSUE` */
export async function runPreview(
  { output, openReadingDesk }: CliContext,
  reference: string,
  { paper, to, json }: PreviewOptions,
): Promise<ExitCode> {
  const platform = to === undefined ? undefined : parsePlatform(to);
  const desk = await openReadingDesk();
  const drafts = await preview(desk, reference, {
    ...(paper === undefined ? {} : { paper }),
    ...(platform === undefined ? {} : { platform }),
  });
  if (json) output.json({ drafts });
  else for (const draft of drafts) printDraft(output, draft);
  return 0;
}

/** Prints a draft as its readers will meet it. */
export function printDraft({ line, style }: Output, draft: Draft): void {
  const texts = readDraft(draft);
  const noun = draft.platform === 'discord' ? 'message' : 'post';
  line(
    `${style(['bold', 'cyan'], draft.platform)} ${style('bold', draft.item.title)} ${style('dim', `(${count(texts.length, noun)})`)}`,
  );
  texts.forEach((text, index) => {
    const size =
      draft.platform === 'discord'
        ? `${measure(text, codePoints)} characters`
        : `${measure(text, graphemes)}/300`;
    line(style('dim', `── ${index + 1}/${texts.length} · ${size} ${'─'.repeat(40)}`));
    line(text);
  });
  line();
}

function parsePlatform(name: string): Platform {
  const found = platforms.find((platform) => platform === name.toLowerCase());
  if (found !== undefined) return found;
  throw new PaperboyError(
    'platform.unknown',
    `Cannot preview for “${name}” as there is no such platform`,
    `Name one of: ${platforms.join(', ')}`,
  );
}
