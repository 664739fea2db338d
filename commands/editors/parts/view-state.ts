import { sha256 } from '../../../src/kit/ids.ts';
import type { SeenVerdict } from './seen-verdicts.ts';

/** An issue as somebody saw it. */
export type IssueMark = {
  readonly issue: number;
  readonly revision: number;
  /** What was decided about its items then, as `writeSeen` wrote it. */
  readonly seen?: string;
};

/** A draft as somebody saw it: of which item, at which destination, from which post on. */
export type View = Omit<IssueMark, 'seen'> & {
  /** The hash of the item’s key: it stays the same, however the papers are ordered. */
  readonly item: string;
  /** The hash of the destination’s name; empty for the first one. */
  readonly place: string;
  /** Of the posts, from 0. */
  readonly page: number;
  /** What was decided about the item then; undefined in buttons of an older version. */
  readonly verdict?: SeenVerdict;
};

const MARK = /^([0-9a-z]{1,4})\.([0-9a-z]{1,4})(?:\.([0-9a-q]{0,60}))?$/;
const VIEW =
  /^([0-9a-z]{1,4}\.[0-9a-z]{1,4})\.([0-9a-f]{10})\.([0-9a-f]{6})?\.([0-9a-z]{1,3})(?:\.([ahn]))?$/;
const VERDICTS: Readonly<Record<string, SeenVerdict>> = { a: 'approved', h: 'held', n: 'none' };

/** "2l.1" */
export function writeMark({ issue, revision }: Omit<IssueMark, 'seen'>): string {
  return `${issue.toString(36)}.${revision.toString(36)}`;
}

/** Reads what `writeMark` wrote, and what `writeSeen` put behind it; undefined for anything else. */
export function readMark(text: string): IssueMark | undefined {
  const [, issue = '', revision = '', seen] = MARK.exec(text) ?? [];
  if (issue === '') return undefined;
  return {
    issue: Number.parseInt(issue, 36),
    revision: Number.parseInt(revision, 36),
    ...(seen === undefined ? {} : { seen }),
  };
}

/** "2l.1.0f3a….n": at most 36 characters. */
export function writeView(view: View): string {
  const verdict = view.verdict === undefined ? '' : `.${view.verdict[0]}`;
  return `${writeMark(view)}.${view.item}.${view.place}.${view.page.toString(36)}${verdict}`;
}

/** Reads what `writeView` wrote; undefined for anything else. */
export function readView(text: string): View | undefined {
  const [, mark = '', item = '', place = '', page = '', letter = ''] = VIEW.exec(text) ?? [];
  const seen = readMark(mark);
  const verdict = VERDICTS[letter];
  return (
    seen && {
      ...seen,
      item,
      place,
      page: Number.parseInt(page, 36),
      ...(verdict === undefined ? {} : { verdict }),
    }
  );
}

/** Names an item in a state: its key may be longer than a state. */
export function hashItem(key: string): string {
  return sha256(key).slice(0, 10);
}

/** Names a destination in a state. */
export function hashPlace(name: string): string {
  return sha256(name).slice(0, 6);
}
