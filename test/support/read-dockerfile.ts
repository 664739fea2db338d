/** One instruction of a Dockerfile, with its line for what is said of it. */
export type Instruction = {
  readonly line: number;
  readonly name: string;
  readonly text: string;
};

/** The instructions of a Dockerfile: comments are left out, and continued lines put together. */
export function readDockerfile(source: string): Instruction[] {
  const found: Instruction[] = [];
  let begun: { readonly line: number; readonly parts: string[] } | undefined;
  for (const [index, raw] of source.split('\n').entries()) {
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) continue;
    begun ??= { line: index + 1, parts: [] };
    begun.parts.push(text.replace(/\\$/, '').trim());
    if (text.endsWith('\\')) continue;
    const [, name = '', rest = ''] = /^([A-Za-z]+)\s+(.*)$/s.exec(begun.parts.join(' ')) ?? [];
    found.push({ line: begun.line, name: name.toUpperCase(), text: rest });
    begun = undefined;
  }
  return found;
}

/**
 * Whether `.dockerignore` keeps a path from the build: the last pattern that matches it, or a folder
 * that it is in, decides. https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function makeIsIgnored(source: string): (path: string) => boolean {
  const rules = source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const pattern = line
        .replace(/^!/, '')
        .replace(/^\/|\/$/g, '')
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replace(/\*\*\/?|\*|\?/g, (wild) =>
          wild.startsWith('**') ? '.*' : wild === '*' ? '[^/]*' : '[^/]',
        );
      return { isKept: line.startsWith('!'), expression: new RegExp(`^${pattern}(?:/|$)`) };
    });
  return (path) => {
    const last = rules.findLast(({ expression }) => expression.test(path));
    return last !== undefined && !last.isKept;
  };
}
