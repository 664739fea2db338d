const PRICE = /^\d[\d.,]*\s*(?:[kmb]|bn)?(?:\s+|[-–])[a-z]{2,}/i;
const AMOUNT = /^\d[\d.,]*[kmb]?[-–,.;:/]$/i;

/** Functions, by the names that they have. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  `log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh max min sup inf lim
   limsup liminf arg argmax argmin det dim ker deg gcd Pr tr rank softmax sign sgn erf relu diag
   var cov poly polylog`.split(/\s+/),
);

/** True for what no plain words hold. */
export function isTeX(text: string): boolean {
  return /[\\^_]/.test(text);
}

/** Tells a formula from words and prices: by its signs, or by words none longer than "ab". */
export function isFormula(tex: string): boolean {
  if (tex === '' || PRICE.test(tex)) return false;
  if (isTeX(tex)) return true;
  if (!/[\p{L}\p{N}]/u.test(tex) || AMOUNT.test(tex)) return false;
  if (!/\s/.test(tex)) return true;
  if (/^\d[\d.,]*\s/.test(tex) && !/[=<>+]/.test(tex)) return false;
  const words = tex.match(/\p{L}{3,}/gu) ?? [];
  const isShort = words.every((word) => FUNCTIONS.has(word));
  return isShort && /\p{L}/u.test(tex) && /[=<>+*/|()≤≥×∈∼~-]/.test(tex);
}
