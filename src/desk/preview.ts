import type { Draft, Length, Platform } from '../../formatters/draft.ts';
import { formatItem, platforms } from '../../formatters/index.ts';
import type { ReadingDesk } from './desk.ts';
import { findItems, type ItemRequest } from './find-items.ts';

export type PreviewRequest = ItemRequest & {
  /** One platform, or all; those that are posted to without it. */
  readonly platform?: Platform | 'all';
  /** Another length than the settings say. */
  readonly length?: Length;
  /** Another voice than the settings say: a BCP 47 tag. */
  readonly language?: string;
};

/** The drafts of items for every platform or one, exactly as they would be sent. */
export async function preview(
  desk: Pick<ReadingDesk, 'archive' | 'format' | 'platforms'>,
  reference: string,
  { platform, length, language, ...request }: PreviewRequest,
): Promise<Draft[]> {
  const { items } = await findItems(desk, reference, request);
  const wanted =
    platform === undefined ? desk.platforms : platform === 'all' ? platforms : [platform];
  return items.flatMap((item) =>
    wanted.map((name) =>
      formatItem(item, name, {
        ...desk.format(name),
        ...(length === undefined ? {} : { length }),
        ...(language === undefined
          ? {}
          : { languages: [...new Set([language, ...desk.format(name).languages])].slice(0, 3) }),
      }),
    ),
  );
}
