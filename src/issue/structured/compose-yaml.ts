import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Parser,
} from 'yaml';

/** What a document says, and where it says it; or why it cannot be read. */
export type Composed =
  | {
      readonly kind: 'composed';
      readonly document: Document.Parsed;
      /** Where another document begins, after a line `---`. */
      readonly secondAt: number | undefined;
    }
  | { readonly kind: 'too deep' | 'too long' };

/** An issue nests five deep; each level takes at most two of the parser's. */
const MAX_DEPTH = 64;
/** Some ten a paragraph: a file with more of them is no issue, and would take seconds. */
const MAX_LEXEMES = 1_200_000;

/**
 * Reads YAML (and JSON, which is YAML) as a tree that knows its offsets. Only texts, numbers,
 * booleans and null are told apart (the core schema, whatever the file asks for), so that no date
 * and no "no" becomes something else. Depth and length are limited before anything recurses.
 */
export function composeYaml(source: string): Composed {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(source)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    lexemes += 1;
    if (parser.stack.length > MAX_DEPTH) return { kind: 'too deep' };
    if (lexemes > MAX_LEXEMES) return { kind: 'too long' };
  }
  for (const token of parser.end()) tokens.push(token);
  const composer = new Composer({ schema: 'core', merge: false, logLevel: 'silent' });
  const [document, second] = composer.compose(tokens, true, source.length);
  if (document === undefined) throw new Error('the composer was told to give a document');
  return { kind: 'composed', document, secondAt: second?.range[0] };
}

/**
 * The offset of what stands at a path, or of `key` in it; where it is missing, of what it should
 * stand in.
 */
export function findOffset(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  key?: string,
): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const step of key === undefined ? path : [...path, key]) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === step);
      if (pair === undefined) break;
      node = pair.value;
      const isTold = step === key || isMap(node) || isSeq(node) || startOf(node) === undefined;
      offset = (isTold ? startOf(pair.key) : startOf(node)) ?? offset;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

/** Where a node begins; undefined for one of no length, as the value after a bare "key:". */
function startOf(node: unknown): number | undefined {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return undefined;
  const [start, end] = node.range ?? [0, 0];
  return start === end ? undefined : start;
}
