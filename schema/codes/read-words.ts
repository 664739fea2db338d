import type { Node } from 'typescript/unstable/ast';
import {
  isBinaryExpression,
  isConditionalExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isParenthesizedExpression,
  isStringLiteral,
  isTemplateExpression,
  isVariableDeclaration,
} from 'typescript/unstable/ast/is';

/** What is only known when the program runs. */
const OPEN = '…';

/**
 * What an expression may say: a text for each way that it can come out, with “…” for what is put in
 * when the program runs. A constant is looked up in the same file; of all else nothing is known.
 */
export function readWords(node: Node): string[] {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (isParenthesizedExpression(node)) return readWords(node.expression);
  if (isConditionalExpression(node)) {
    return [...readWords(node.whenTrue), ...readWords(node.whenFalse)];
  }
  if (isTemplateExpression(node)) {
    const spans = node.templateSpans.map(({ literal }) => `${OPEN}${literal.text}`);
    return [`${node.head.text}${spans.join('')}`];
  }
  if (isBinaryExpression(node)) {
    const isJoined = node.operatorToken.getText() === '+';
    const [left, right] = [readWords(node.left), readWords(node.right)];
    return isJoined
      ? left.flatMap((one) => right.map((other) => one + other))
      : [...left, ...right];
  }
  const meant = isIdentifier(node) ? findConstant(node, node.text) : undefined;
  return meant === undefined ? [OPEN] : readWords(meant);
}

/** What a constant of that name is, in the nearest block around. */
export function findConstant(from: Node, name: string): Node | undefined {
  let found: Node | undefined;
  const look = (node: Node): void => {
    if (isVariableDeclaration(node) && isIdentifier(node.name) && node.name.text === name) {
      found ??= node.initializer;
    }
    node.forEachChild(look);
  };
  for (let block = from.parent; block !== undefined && found === undefined; block = block.parent) {
    block.forEachChild(look);
  }
  return found;
}
