import type { Draft, Length, Platform } from '../../formatters/draft.ts';
import { findOwnText, platforms, readDraft } from '../../formatters/index.ts';
import { nameItem } from '../../formatters/item.ts';
import { listExtras } from '../../formatters/list-extras.ts';
import {
  codePoints,
  graphemes,
  type Measure,
  measure,
  xWeight,
} from '../../formatters/text/measure.ts';
import { voices } from '../../formatters/voice/index.ts';
import type { ReadingDesk } from '../desk/desk.ts';
import { findItems } from '../desk/find-items.ts';
import { type PreviewRequest, preview } from '../desk/preview.ts';
import { PaperboyError } from '../kit/errors.ts';
import type { CliContext, ExitCode } from './context.ts';
import { isSpoken } from './is-spoken.ts';
import { type ItemOptions, toItemRequest } from './item-options.ts';
import { count, type Output } from './output.ts';
import { tellOwnPlaces } from './tell-own-words.ts';
import { hang } from './wrap.ts';

export type PreviewOptions = ItemOptions & {
  readonly to?: string;
  readonly length?: Length;
  readonly language?: string;
  readonly json?: boolean;
};

/** What a post is called on a platform, and how its size is counted there. */
const SIZES: { readonly [P in Platform]: { noun: string; by: Measure; most?: number } } = {
  bluesky: { noun: 'post', by: graphemes, most: 300 },
  discord: { noun: 'message', by: codePoints },
  mastodon: { noun: 'post', by: graphemes },
  x: { noun: 'post', by: xWeight, most: 280 },
  linkedin: { noun: 'post', by: codePoints, most: 3000 },
  text: { noun: 'mail', by: codePoints },
  html: { noun: 'page', by: codePoints },
};

/** `paperboy preview ISSUE` */
export async function runPreview(
  { output, openReadingDesk }: CliContext,
  reference: string,
  { to, length, language, json, ...options }: PreviewOptions,
): Promise<ExitCode> {
  if (language !== undefined && !isSpoken(language)) {
    throw new PaperboyError(
      'language.unknown',
      `Cannot preview in “${language}” as there is no wording in it`,
      `Name one of: ${Object.keys(voices).join(', ')}`,
    );
  }
  const desk = await openReadingDesk();
  const request = toItemRequest(options);
  const drafts = await preview(desk, reference, {
    ...request,
    ...parseTarget(desk, to),
    ...(length === undefined ? {} : { length }),
    ...(language === undefined ? {} : { language }),
  });
  if (json) {
    output.json({ drafts });
    return 0;
  }
  const { items } = await findItems(desk, reference, request);
  for (const draft of drafts) {
    const own = items.find((item) => nameItem(item).slug === draft.item.slug);
    const isOwn = own !== undefined && findOwnText(own)?.[draft.platform] !== undefined;
    printDraft(output, draft, isOwn ? tellOwnPlaces(desk, draft.platform) : undefined);
  }
  return 0;
}

/** A platform, all of them, or a destination of the configuration, by its name. */
function parseTarget(
  { places = [] }: Pick<ReadingDesk, 'places'>,
  to: string | undefined,
): Pick<PreviewRequest, 'platform' | 'place'> {
  if (to === undefined) return {};
  if (to === 'all') return { platform: to };
  const place = places.find(({ name }) => name === to);
  return place === undefined ? { platform: parsePlatform(to) } : { place };
}

/** Prints a draft as its readers will meet it; of an editor's own words also where they go out. */
export function printDraft({ line, style }: Output, draft: Draft, own?: string): void {
  const texts = readDraft(draft);
  const { noun, by, most } = SIZES[draft.platform];
  const extras = listExtras(draft);
  line(
    `${style(['bold', 'cyan'], draft.platform)} ${style('bold', draft.item.title)} ${style('dim', `(${count(texts.length, noun)})`)}`,
  );
  texts.forEach((text, index) => {
    const found = measure(text, by);
    const size = most === undefined ? `${found} characters` : `${found}/${most}`;
    line(style('dim', `── ${index + 1}/${texts.length} · ${size} ${'─'.repeat(40)}`));
    line(text);
    for (const extra of extras[index] ?? []) line(style('dim', extra));
  });
  if (own !== undefined) line(style('dim', hang(`In an editor’s own words. ${own}`, '')));
  for (const told of draft.told ?? []) line(style('yellow', `! ${told}`));
  line();
}

/** Throws `platform.unknown`. */
export function parsePlatform(name: string): Platform {
  const found = findPlatform(name);
  if (found !== undefined) return found;
  throw new PaperboyError(
    'platform.unknown',
    `Cannot preview for “${name}” as there is no such platform`,
    `Name one of: ${platforms.join(', ')}`,
  );
}

/** A platform by its name, however it is written. */
export function findPlatform(name: string): Platform | undefined {
  return platforms.find((platform) => platform === name.toLowerCase());
}
