import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node } from 'typescript/unstable/ast';
import { isNoSubstitutionTemplateLiteral, isStringLiteral } from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';
import { type Kind, readSite } from './read-site.ts';

/** One way in which a code is told. */
export type Told = {
  readonly code: string;
  readonly kind: Kind;
  readonly levels: readonly string[];
  readonly said: readonly string[];
  readonly remedies: readonly string[];
};

export type ReadCodes = {
  readonly told: readonly Told[];
  /** Literals that read like a code, where the source does not tell what is said under them. */
  readonly bare: readonly { readonly code: string; readonly file: string }[];
};

/** Words joined by hyphens, in two parts with a dot between. */
const CODE = /^[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** What a file must have to be looked at. */
const LIKE_CODE = /['"`][a-z-]+\.[a-z0-9-]+['"`]/;
const OPTIONS = { noResolve: true, noLib: true, types: [], noEmit: true };

/** Every code in the source: `texts` are files by their names, and what they import is not read. */
export function readCodes(texts: ReadonlyMap<string, string>): ReadCodes {
  const files = [...texts].filter(([, text]) => LIKE_CODE.test(text));
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-codes-'));
  const api = new API({ cwd: folder });
  const path = (index: number): string => join(folder, `${index}.ts`);
  try {
    // TypeScript reads from the disk: each file is there under a number.
    for (const [index, [, text]] of files.entries()) writeFileSync(path(index), text);
    const openProject = join(folder, 'tsconfig.json');
    writeFileSync(openProject, JSON.stringify({ compilerOptions: OPTIONS, include: ['*.ts'] }));
    const program = api.updateSnapshot({ openProject }).getProjects()[0]?.program;
    const read = files.map(([name], index) => {
      const source = program?.getSourceFile(path(index));
      if (source === undefined) throw new Error(`TypeScript has not read ${name}`);
      return readFile(source, name);
    });
    return { told: read.flatMap(({ told }) => told), bare: read.flatMap(({ bare }) => bare) };
  } finally {
    api.close();
    rmSync(folder, { recursive: true });
  }
}

function readFile(source: Node, file: string): ReadCodes {
  const told: Told[] = [];
  const literals = new Set<string>();
  const visit = (node: Node): void => {
    if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) {
      if (CODE.test(node.text)) literals.add(node.text);
    }
    const site = readSite(node);
    for (const [index, code] of site?.codes.entries() ?? []) {
      if (site === undefined || !CODE.test(code)) continue;
      const { kind, levels, codes, said, remedies } = site;
      // Where each has its own way to come out, they belong together in their order.
      const choose = (words: readonly string[]): readonly string[] =>
        words.length === codes.length ? words.slice(index, index + 1) : words;
      told.push({ code, kind, levels, said: choose(said), remedies: choose(remedies) });
    }
    node.forEachChild(visit);
  };
  visit(source);
  const bare = [...literals].filter((code) => !told.some((one) => one.code === code));
  return { told, bare: bare.map((code) => ({ code, file })) };
}
