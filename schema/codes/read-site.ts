import type { Node } from 'typescript/unstable/ast';
import {
  isArrowFunction,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from 'typescript/unstable/ast/is';
import { findConstant, readWords } from './read-words.ts';

export type Kind = 'finding' | 'error' | 'check' | 'event';

/** A place of the source that says something under a code. */
export type Site = {
  readonly kind: Kind;
  /** A text for each way that it can come out, of each. */
  readonly codes: readonly string[];
  readonly levels: readonly string[];
  readonly said: readonly string[];
  readonly remedies: readonly string[];
};

/** How `src/doctor/check.ts` makes what a check saw. */
const SEEN: Readonly<Record<string, string>> = {
  well: 'ok',
  skip: 'skipped',
  doubt: 'warning',
  fault: 'error',
};
const LEVELS = ['info', 'warn', 'error'];

/** What a node of the source says under a code, if it does. */
export function readSite(node: Node): Site | undefined {
  if (isNewExpression(node)) {
    const isOurs = isIdentifier(node.expression) && node.expression.text === 'PaperboyError';
    return isOurs ? makeSite('error', ['error'], [...(node.arguments ?? [])]) : undefined;
  }
  if (isCallExpression(node)) return readCall(node.expression, [...node.arguments]);
  if (!isObjectLiteralExpression(node)) return undefined;
  const fields = readFields(node);
  const { code, severity, level, message = fields.said, remedy } = fields;
  if (code === undefined || message === undefined) return undefined;
  if (severity === undefined && level === undefined && remedy === undefined) return undefined;
  const levels = readWords(severity ?? level ?? code).filter((word) => !word.includes('.'));
  return makeSite(level === undefined ? 'finding' : 'check', levels, [code, message, remedy]);
}

function readCall(callee: Node, args: readonly Node[]): Site | undefined {
  const [first, second] = args;
  if (isPropertyAccessExpression(callee)) {
    const isLog = LEVELS.includes(callee.name.text) && /\blog$/.test(callee.expression.getText());
    return isLog && second !== undefined
      ? makeSite('event', [callee.name.text], [second])
      : undefined;
  }
  if (!isIdentifier(callee) || first === undefined) return undefined;
  const level = SEEN[callee.text];
  if (level !== undefined) return makeSite('check', [level], args);
  // A function of the file that makes the error, beginning its message the same each time.
  const made = findConstant(callee, callee.text);
  const begins = made === undefined ? undefined : readMaker(made);
  if (begins === undefined) return undefined;
  const site = makeSite('error', ['error'], args);
  return { ...site, said: site.said.map((said) => begins.replace(/…$/, said)) };
}

/** The message of the error that an arrow function makes of a code and more. */
function readMaker(node: Node): string | undefined {
  if (!isArrowFunction(node) || !isNewExpression(node.body)) return undefined;
  const message = readSite(node.body)?.said[0];
  return message?.endsWith('…') ? message : undefined;
}

function makeSite(
  kind: Kind,
  levels: readonly string[],
  [code, said, remedy]: readonly (Node | undefined)[],
): Site {
  const words = (node: Node | undefined): string[] => (node === undefined ? [] : readWords(node));
  return { kind, levels, codes: words(code), said: words(said), remedies: words(remedy) };
}

function readFields(node: Node): Readonly<Record<string, Node>> {
  const fields: Record<string, Node> = {};
  node.forEachChild((field) => {
    if (isPropertyAssignment(field)) fields[field.name.getText()] = field.initializer;
    if (isShorthandPropertyAssignment(field)) fields[field.name.getText()] = field.name;
  });
  return fields;
}
