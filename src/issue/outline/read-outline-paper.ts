import type { Finding } from '../finding.ts';
import type { Paper } from '../schema.ts';
import { makeSlug } from '../slug.ts';
import { parseByline } from '../text/parse-byline.ts';
import { parseHeartLine, parseTopics } from '../text/parse-likes.ts';
import { missing, NO_BYLINE, withoutCertainty } from '../text/read-paper.ts';
import { findPaperUrl } from './find-paper-url.ts';
import type { PaperStart } from './find-starts.ts';
import type { Passage } from './passage.ts';
import { readOutlineBody } from './read-outline-body.ts';
import type { Piece } from './read-pieces.ts';

/** Reads a paper from its start and the pieces up to the next; a promotion ends it, as `rest`. */
export function readOutlinePaper(
  start: PaperStart,
  pieces: readonly Piece[],
  statesCaptions: boolean,
  slugs: ReadonlySet<string>,
  findings: Finding[],
): { readonly paper: Paper; readonly used: readonly Piece[]; readonly rest: readonly Piece[] } {
  const title = start.title.words;
  const place = { line: start.title.line, title };
  const byline = start.byline === undefined ? undefined : parseByline(start.byline.words);
  if (byline === undefined) findings.push(missing('warning', 'byline', place));
  const heart = start.heart === undefined ? undefined : parseHeartLine(start.heart.label);
  const { topics, pick } = parseTopics(heart?.rest ?? '');
  if (heart === undefined) findings.push(missing('warning', 'likes', place));
  else if (topics.length === 0) findings.push(missing('warning', 'topic', place));

  const { body, rest, used } = readOutlineBody(pieces, start.level, statesCaptions, findings);
  const hasText = body.some((block) => block.kind === 'paragraph' || block.kind === 'list');
  if (!hasText) findings.push(missing('error', 'body', place));
  const url = findPaperUrl(
    [start.title, start.byline, start.heart],
    used.flatMap(textsOf),
    findings,
  );

  const paper: Paper = {
    slug: makeSlug(title, (slug) => slugs.has(slug)),
    title,
    byline: byline === undefined ? NO_BYLINE : withoutCertainty(byline),
    ...(heart === undefined ? {} : { likes: heart.likes }),
    topics: topics.map((topic) => topic.replace(/\s+/g, ' ')),
    pick,
    ...(url === undefined ? {} : { url }),
    body,
  };
  return { paper, used, rest };
}

function textsOf(piece: Piece): readonly Passage[] {
  if (piece.kind === 'list') return piece.items;
  return 'passage' in piece ? [piece.passage] : [];
}
