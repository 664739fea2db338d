import { stringify } from 'yaml';
import { templateNames } from '../formatters/voice/template.ts';
import { KINDS } from '../src/destination-names.ts';
import { ACCOUNT_VARIABLES, nameVariable, VARIABLES, type VariableName } from '../src/variables.ts';
import { type KeySchema, makeConfigSchema } from './make-config-schema.ts';

const HEAD = `# Configuration

<!-- Written by \`npm run schema\` from the schemas in src/: change those, not this file. -->

Paperboy reads variables from the environment and, where it has none, from \`.env\` in the folder that it is started in; and settings from \`paperboy.yaml\` there. Nothing has to be set. What is wrong ends the start with a line for each problem that names the variable or key, says what was expected and gives an example; it never shows a secret.

An editor that knows JSON Schema completes and checks the file with \`# yaml-language-server: $schema=schema/paperboy.schema.json\` as its first line.
`;
const OWN_VARIABLES = `
A further destination, \`bluesky-de\` say, has variables of its own, with its word in them:
`;
/** A word that stands for any. */
const WORD = 'de';

/** docs/configuration.md: every variable and every key, its type, default, meaning and an example. */
export function makeReference(): string {
  const keys = Object.entries(makeConfigSchema().properties ?? {});
  const isBlock = ([, { properties, patternProperties }]: (typeof keys)[number]): boolean =>
    (properties ?? patternProperties) !== undefined;
  const parts = [
    HEAD,
    '## Variables\n',
    describeVariables(),
    OWN_VARIABLES,
    describeOwnVariables(),
    '\n## paperboy.yaml\n',
    describeKeys(keys.filter((key) => !isBlock(key))),
    ...keys.filter(isBlock).map(([name, schema]) => describeBlock(name, schema)),
  ];
  return `${parts.join('\n').trim()}\n`;
}

function describeVariables(): string {
  const names = Object.keys(VARIABLES) as VariableName[];
  return table(
    ['variable', 'what it is', 'what it must be', 'default', 'example'],
    names.map((name) => {
      const { about, expected, example, ...rest } = VARIABLES[name];
      const without = 'default' in rest ? rest.default : '';
      return [code(name), about, expected, without, code(example)];
    }),
  );
}

function describeOwnVariables(): string {
  return table(
    ['destination', 'variables'],
    KINDS.filter((kind) => ACCOUNT_VARIABLES[kind].length > 0).map((kind) => {
      const name = `${kind}-${WORD}`;
      const own = ACCOUNT_VARIABLES[kind].map((variable) => code(nameVariable(variable, name)));
      return [code(name), own.join(', ')];
    }),
  );
}

function describeBlock(name: string, schema: KeySchema): string {
  const { description = '', properties, patternProperties } = schema;
  const head = `\n### ${name}\n\n${description}\n`;
  if (properties !== undefined) return `${head}\n${describeKeys(listKeys(properties))}`;
  const kinds = Object.values(patternProperties ?? {}).map((own, index) => {
    const kind = KINDS[index] ?? '';
    return `\n#### ${kind} and ${kind}-…\n\n${describeKeys(Object.entries(own.properties ?? {}))}`;
  });
  return `${head}${kinds.join('\n')}`;
}

/** The keys of a block, and those that a block in it has beyond them. */
function listKeys(
  properties: Readonly<Record<string, KeySchema>>,
): (readonly [string, KeySchema])[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const inside = Object.entries(schema.properties ?? {});
    const further = inside.filter(([key]) => !(key in properties));
    return [
      [name, schema] as const,
      ...further.map(([key, own]) => [`${name}.${key}`, own] as const),
    ];
  });
}

function describeKeys(keys: readonly (readonly [string, KeySchema])[]): string {
  return table(
    ['key', 'type', 'default', 'what it is', 'example'],
    keys.map(([name, schema]) => {
      const { description = '', default: without, examples: [example] = [] } = schema;
      const lines = name === 'templates' ? ` The lines are ${templateNames.join(', ')}.` : '';
      return [
        code(name),
        describeType(schema),
        without === undefined ? '' : code(flow(without)),
        `${description}${lines}`,
        example === undefined ? '' : code(flow(example)),
      ];
    }),
  );
}

function describeType({ type, enum: choices, anyOf, items, properties }: KeySchema): string {
  if (choices !== undefined) return choices.map(code).join(', ');
  if (anyOf !== undefined) return anyOf.map(describeType).join(', or ');
  if (properties !== undefined) return 'block';
  if (type === 'array')
    return items?.enum === undefined ? 'list' : `list of ${describeType(items)}`;
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    boolean: '`true`, `false`',
    integer: 'whole number',
    object: 'block',
  };
  return words[String(type)] ?? 'text, or list';
}

/** A value as YAML writes it in a line. */
function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', singleQuote: true, lineWidth: 0 }).trim();
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
