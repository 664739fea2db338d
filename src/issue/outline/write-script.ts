const RAISED = new Map(
  [...'0123456789+-−=()abcdefghijklmnoprstuvwxyz'].map((character, index) => [
    character,
    [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ'][index] ?? '',
  ]),
);
const LOWERED = new Map(
  [...'0123456789+-−=()aehijklmnoprstuvx'].map((character, index) => [
    character,
    [...'₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ'][index] ?? '',
  ]),
);
/** Longer text is small type, no exponent. */
const LONGEST = 20;
/** What is raised for its looks alone: "3rd", a mark of a note. */
const ORNAMENT = /^(?:st|nd|rd|th|\[.*\]|[^\p{L}\p{N}]+)$/iu;

/**
 * Raised or lowered text as plain text that means the same: "2" is "²" and "ij" is "ᵢⱼ" where every
 * character has its own sign, else "^(…)" and "_(…)". Ordinals and marks of notes stay as they are.
 */
export function writeScript(kind: 'sup' | 'sub', words: string): string {
  const text = words.trim();
  const signs = kind === 'sup' ? RAISED : LOWERED;
  if (/^tm$/i.test(text)) return '™';
  if (text.length > LONGEST || /^(?:st|nd|rd|th)$/i.test(text)) return words;
  const characters = [...text];
  if (characters.every((character) => signs.has(character))) {
    return characters.map((character) => signs.get(character)).join('');
  }
  return ORNAMENT.test(text) ? words : `${kind === 'sup' ? '^' : '_'}(${text})`;
}
