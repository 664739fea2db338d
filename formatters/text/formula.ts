import { FUNCTIONS } from '../../src/issue/text/tell-formula.ts';
import {
  ACCENTS,
  BLACKBOARD,
  BLANKS,
  LAYOUT,
  OPERATORS,
  STYLES,
  SYMBOLS,
  UNREAD,
} from './formula-symbols.ts';
import {
  isBracketed,
  tidy,
  type Writer,
  write,
  writeName,
  writeRaised,
  writeScript,
} from './formula-writer.ts';

/** Deeper braces group nothing more: what stands in them is read in its order. */
const DEPTH_MOST = 12;
const LETTER = /^\p{L}$/u;
const BEGINS_WORD = /^[\p{L}\p{N}]/u;
/** Signs that touch what follows them. */
const PREFIX = /^[∇∂¬∀∃∄⟨⌊⌈]$/;
/** Commands that have another form with a star. */
const STARRED = /^(?:operatorname|[hv]space|tag)$/;
const ROOTS: Readonly<Record<string, string>> = { '': '√', '2': '√', '3': '∛', '4': '∜' };

type Reader = { readonly tex: string; at: number; depth: number };

/**
 * A formula in TeX as a line of plain text: "x_i^2 \leq \frac{a}{b}" is "xᵢ² ≤ a/b". Sub- and
 * superscripts are Unicode's where it has every character, else "x_(…)" and "x^(…)"; a command that
 * is not known keeps its name. Reads anything, in time linear in its length.
 */
export function readFormula(tex: string): string {
  const reader: Reader = { tex, at: 0, depth: 0 };
  return tidy(readSequence(reader, ''));
}

/** Reads up to a closing sign, which is passed; `''` reads to the end. */
function readSequence(reader: Reader, closing: '' | '}' | ']'): string {
  const writer: Writer = { parts: [], last: '', isAfterName: false };
  while (reader.at < reader.tex.length) {
    const character = nextCharacter(reader);
    if (character === closing) break;
    switch (character) {
      case '{':
        write(writer, readGroup(reader));
        break;
      case '}':
      case '$':
        break;
      case '^':
      case '_':
        writeRaised(writer, readArgument(reader), character);
        break;
      case '\\':
        readCommand(reader, writer);
        break;
      case '~':
      case '&':
        write(writer, ' ');
        break;
      case "'":
        write(writer, '′');
        break;
      default:
        write(writer, character);
    }
  }
  return writer.parts.join('');
}

function nextCharacter(reader: Reader): string {
  const character = String.fromCodePoint(reader.tex.codePointAt(reader.at) ?? 32);
  reader.at += character.length;
  return character;
}

/** What stands in braces, of which the first is passed. */
function readGroup(reader: Reader): string {
  if (reader.depth >= DEPTH_MOST) return '';
  reader.depth += 1;
  const content = readSequence(reader, '}');
  reader.depth -= 1;
  return content;
}

/** An argument: a group, a command with its own arguments, or one character. */
function readArgument(reader: Reader): string {
  while (/\s/.test(reader.tex.charAt(reader.at))) reader.at += 1;
  const character = reader.tex.charAt(reader.at);
  // What ends the group around it is no argument.
  if (character === '' || character === '}') return '';
  const first = nextCharacter(reader);
  if (first === '{') return readGroup(reader);
  if (first !== '\\') return first;
  if (reader.depth >= DEPTH_MOST) return '';
  reader.depth += 1;
  const writer: Writer = { parts: [], last: '', isAfterName: false };
  readCommand(reader, writer);
  reader.depth -= 1;
  return writer.parts.join('');
}

/** What stands in brackets after a command; empty where there are none. */
function readOption(reader: Reader): string {
  if (reader.tex.charAt(reader.at) !== '[' || reader.depth >= DEPTH_MOST) return '';
  reader.at += 1;
  reader.depth += 1;
  const content = readSequence(reader, ']');
  reader.depth -= 1;
  return content;
}

/** A command's name: letters, or one other character. */
function readName(reader: Reader): string {
  const start = reader.at;
  while (/[a-zA-Z]/.test(reader.tex.charAt(reader.at))) reader.at += 1;
  if (reader.at > start) {
    const name = reader.tex.slice(start, reader.at);
    if (STARRED.test(name) && reader.tex.charAt(reader.at) === '*') reader.at += 1;
    return name;
  }
  return reader.at < reader.tex.length ? nextCharacter(reader) : '';
}

function readCommand(reader: Reader, writer: Writer): void {
  const name = readName(reader);
  const symbol = SYMBOLS.get(name);
  const operator = OPERATORS.get(name);
  const accent = ACCENTS.get(name);
  if (symbol !== undefined) writeSymbol(reader, writer, symbol);
  else if (operator !== undefined) writeOperator(reader, writer, operator);
  else if (accent !== undefined) write(writer, accented(name, accent, readArgument(reader)));
  else if (FUNCTIONS.has(name)) writeName(writer, name);
  else if (STYLES.has(name)) write(writer, readArgument(reader));
  else if (BLANKS.has(name)) write(writer, ' ');
  else if (UNREAD.has(name)) readArgument(reader);
  else if (LAYOUT.has(name)) skipEmptyDelimiter(reader, name);
  else if (/^[^a-zA-Z]?$/.test(name)) write(writer, readSign(name));
  else readStructure(reader, writer, name);
}

/** The blank that ends a command's name is none behind "∇", "⟨", or between two letters. */
function writeSymbol(reader: Reader, writer: Writer, symbol: string): void {
  write(writer, symbol);
  const next = /^\s+(\S?)(\p{L}?)/u.exec(reader.tex.slice(reader.at, reader.at + 8));
  if (next === null) return;
  const [all, first = '', second = ''] = next;
  const isProduct = LETTER.test(symbol) && LETTER.test(first) && second === '';
  if (isProduct || PREFIX.test(symbol)) reader.at += all.length - first.length - second.length;
}

/** Commands of one sign: a line's end, a norm, no blank at all, or an escaped character. */
function readSign(sign: string): string {
  if (sign === '\\') return '; ';
  if (sign === '|') return '‖';
  return /^[!()[\]/-]$/.test(sign) ? '' : sign;
}

/** "\left." draws nothing. */
function skipEmptyDelimiter(reader: Reader, name: string): void {
  if (/^(?:left|right)$/.test(name) && reader.tex.charAt(reader.at) === '.') reader.at += 1;
}

function readStructure(reader: Reader, writer: Writer, name: string): void {
  switch (name) {
    case 'frac':
    case 'dfrac':
    case 'tfrac':
    case 'cfrac': {
      const numerator = bracket(readArgument(reader));
      writeName(writer, `${numerator}/${bracket(readArgument(reader))}`);
      return;
    }
    case 'sqrt': {
      const degree = tidy(readOption(reader));
      const root = ROOTS[degree] ?? `${writeScript(degree, '^')}√`;
      write(writer, root + bracket(readArgument(reader)));
      return;
    }
    case 'binom':
      writeName(writer, `C(${readArgument(reader)}, ${readArgument(reader)})`);
      return;
    case 'operatorname':
      writeName(writer, tidy(readArgument(reader)));
      return;
    case 'pmod':
      write(writer, ` (mod ${readArgument(reader)})`);
      return;
    case 'mathbb':
    case 'mathbbm':
    case 'mathds': {
      const letters = [...readArgument(reader)];
      write(writer, letters.map((letter) => BLACKBOARD.get(letter) ?? letter).join(''));
      return;
    }
    case 'overset':
    case 'stackrel':
    case 'underset': {
      const script = readArgument(reader);
      write(writer, readArgument(reader));
      writeRaised(writer, script, name === 'underset' ? '_' : '^');
      return;
    }
    case 'not':
      write(writer, `${tidy(readArgument(reader))}\u0338`);
      return;
    default: {
      const hasArgument = reader.tex.charAt(reader.at) === '{';
      writeName(writer, hasArgument ? `${name}(${tidy(readArgument(reader))})` : name);
    }
  }
}

/** A sign over one letter; over more, its name: "hat(xy)". A line over them is left out. */
function accented(name: string, accent: string, argument: string): string {
  const content = tidy(argument);
  if (/^[\p{L}\p{N}]\p{M}*$/u.test(content)) return content + accent;
  return /^over/.test(name) ? content : `${name.replace(/^wide/, '')}(${content})`;
}

/** Puts brackets around what would fall apart beside "/" or "√". */
function bracket(text: string): string {
  const content = tidy(text);
  return /[\s+\-−±×·/=<>]/.test(content) && !isBracketed(content) ? `(${content})` : content;
}

/** TeX needs a blank after "\leq" before a letter; here it stands on both sides or on neither. */
function writeOperator(reader: Reader, writer: Writer, sign: string): void {
  const isBlankBefore = /\s$/.test(writer.last);
  const isBlankAfter = /\s/.test(reader.tex.charAt(reader.at));
  const isSpaced = isBlankBefore || isBlankAfter || BEGINS_WORD.test(sign);
  const hasLeft = writer.parts.length > 0;
  write(writer, isSpaced && hasLeft && !isBlankBefore ? ` ${sign}` : sign);
  if (isSpaced && !isBlankAfter) write(writer, ' ');
}
