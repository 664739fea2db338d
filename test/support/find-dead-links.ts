/** What code shows is no link. */
const CODE = /^(?:```|~~~)[^\n]*\n[\s\S]*?^(?:```|~~~)|`[^`\n]*`/gm;
const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;

/**
 * The links of a Markdown text that lead nowhere; those to other sites are not followed. `open`
 * gives the anchors of the file at a path, relative to the text’s own, and undefined where there is
 * none; the empty path is the text itself.
 */
export async function findDeadLinks(
  text: string,
  open: (path: string) => Promise<readonly string[] | undefined>,
): Promise<string[]> {
  const dead: string[] = [];
  for (const [, link = ''] of text.replace(CODE, '').matchAll(LINK)) {
    if (/^[a-z]+:/.test(link)) continue;
    const [path = '', anchor] = link.split('#');
    const anchors = await open(path);
    const isThere = anchors !== undefined && (anchor === undefined || anchors.includes(anchor));
    if (!isThere) dead.push(link);
  }
  return dead;
}

/** The anchors of a Markdown text as GitHub makes them: of headings, and those that are written. */
export function listAnchors(text: string): string[] {
  const written = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? '');
  const seen = new Map<string, number>();
  const prose = text.replace(/^```[^\n]*\n[\s\S]*?^```/gm, '');
  const headings = [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => {
    const slug = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
  return [...written, ...headings];
}
