import type { Draft, Length, Platform } from '../../formatters/draft.ts';
import { formatItem, platforms } from '../../formatters/index.ts';
import type { ReadingDesk } from './desk.ts';
import { findItems, type ItemRequest } from './find-items.ts';

export type PreviewRequest = ItemRequest & {
  /** One platform, or all; those that are posted to without it. */
  readonly platform?: Platform | 'all';
  /** One destination of the configuration, whose posts may be written otherwise. */
  readonly place?: NonNullable<ReadingDesk['places']>[number];
  /** Another length than the settings say. */
  readonly length?: Length;
  /** Another voice than the settings say: a BCP 47 tag. */
  readonly language?: string;
};

/** The drafts of items for every platform or one, exactly as they would be sent. */
export async function preview(
  desk: Pick<ReadingDesk, 'archive' | 'format' | 'platforms'>,
  reference: string,
  { platform, place, length, language, ...request }: PreviewRequest,
): Promise<Draft[]> {
  const { items } = await findItems(desk, reference, request);
  const many = platform === 'all' ? platforms : desk.platforms;
  const one = platform === undefined || platform === 'all' ? many : [platform];
  const wanted = place === undefined ? one.map((name) => ({ name, platform: name })) : [place];
  return items.flatMap((item) =>
    wanted.map(({ name, platform: written }) => {
      const format = desk.format(name);
      return formatItem(item, written, {
        ...format,
        ...(length === undefined ? {} : { length }),
        ...(language === undefined
          ? {}
          : { languages: [...new Set([language, ...format.languages])].slice(0, 3) }),
      });
    }),
  );
}
