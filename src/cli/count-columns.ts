import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Letters, signs and spaces that take one column each, whatever stands beside them. */
const PLAIN = /^[ -~¡-¬®-\u02ff\u2010-\u2027\u2030-\u205e→✓✗]*$/;

/**
 * How many columns a text takes in a terminal. What can tell that of any text is loaded at the first
 * that needs it: it takes a tenth of a command's time.
 */
export function countColumns(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const { default: stringWidth } = require('string-width') as typeof import('string-width');
  return stringWidth(text);
}
