/** The forms in which an issue reaches us. */
export const FORMATS = ['text', 'markdown', 'html', 'feed', 'yaml', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** Extensions that say enough. `.xml` may be a page or a feed, and is looked into. */
const EXTENSIONS: Readonly<Record<string, Format>> = {
  txt: 'text',
  text: 'text',
  md: 'markdown',
  markdown: 'markdown',
  mdown: 'markdown',
  mkd: 'markdown',
  htm: 'html',
  html: 'html',
  xhtml: 'html',
  rss: 'feed',
  atom: 'feed',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
};
/** How much of a text is looked at; a clipped page begins with headings or metadata. */
const LOOKED_AT = 20_000;

/**
 * Tells the form of an issue by the extension of its file, where it says so, else by what the text
 * looks like. Whatever looks like nothing else is plain text.
 */
export function detectFormat(name: string | undefined, text: string): Format {
  const extension = /\.([a-z]+)$/i.exec(name ?? '')?.[1]?.toLowerCase();
  const byName = extension === undefined ? undefined : EXTENSIONS[extension];
  // A page saved as .txt is a page all the same: no text begins with its tags.
  if (byName !== undefined && byName !== 'text') return byName;
  const byLook = detectContent(text.slice(0, LOOKED_AT).trimStart());
  return byName === 'text' && byLook !== 'html' && byLook !== 'feed' ? 'text' : byLook;
}

/**
 * The form that a server's media type says, in lower case and without parameters. XML and plain
 * text say nothing: feeds and Markdown are served as them.
 */
export function formatOfMediaType(mediaType: string | undefined): Format | undefined {
  switch (mediaType) {
    case 'text/html':
    case 'application/xhtml+xml':
      return 'html';
    case 'application/rss+xml':
    case 'application/atom+xml':
    case 'application/rdf+xml':
      return 'feed';
    case 'text/markdown':
      return 'markdown';
    case 'application/json':
      return 'json';
    case 'application/yaml':
    case 'application/x-yaml':
    case 'text/yaml':
      return 'yaml';
    default:
      return undefined;
  }
}

function detectContent(text: string): Format {
  if (/^\{\s*["}]/.test(text)) return 'json';
  if (/^<\?xml\b|^<(?:rss|feed|rdf:RDF)\b/i.test(text)) {
    return /<html[\s>]/i.test(text) && !/<(?:rss|feed|rdf:RDF)\b/i.test(text) ? 'html' : 'feed';
  }
  // Clipped Markdown may have a comment of metadata before it.
  const body = text.replace(/^(?:<!--[\s\S]*?-->\s*)+/, '');
  if (/^<(?:!doctype|html|head|body|div|table|section|article|main|p|h[1-6]|meta)\b/i.test(body)) {
    return 'html';
  }
  if (
    /^(?:(?:---|#[^\n]*|)[ \t]*\n)*["']?(?:number|title|period|papers|news)["']?:[ \n]/.test(body)
  ) {
    // Front matter ends with a line of dashes, and Markdown follows.
    return /^---\s*\n[\s\S]*?\n---\s*\n\s*\S/.test(body) ? 'markdown' : 'yaml';
  }
  return isMarkdown(body) || body !== text ? 'markdown' : 'text';
}

/** Headings, images, links or a byline between asterisks: signs that a copied page never has. */
function isMarkdown(text: string): boolean {
  return /^#{1,6} +\S|\S[^\S\n]*\n(?:-{3,}|={3,}) *$|!\[[^\]\n]*\]\(|\]\(https?:\/\/|^\*[^*\n]+\* *$/m.test(
    text,
  );
}
