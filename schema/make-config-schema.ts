import { z } from 'zod';
import { fileSchema } from '../src/config-file.ts';
import { KINDS } from '../src/destination-names.ts';
import { ownSchemas } from '../src/destination-settings.ts';

/** What JSON Schema says of a key, as far as it is read here. */
export type KeySchema = {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly anyOf?: readonly KeySchema[];
  readonly items?: KeySchema;
  readonly properties?: Readonly<Record<string, KeySchema>>;
  readonly patternProperties?: Readonly<Record<string, KeySchema>>;
  readonly [key: string]: unknown;
};

/** `paperboy.yaml` as JSON Schema, for editors that know it and for the reference. */
export function makeConfigSchema(): KeySchema {
  const { $schema, properties, ...rest } = write(fileSchema);
  const { additionalProperties, propertyNames, ...destinations } = properties?.destinations ?? {};
  const { sources } = properties ?? {};
  const feed = sources?.properties?.feed;
  if (additionalProperties === undefined || feed === undefined)
    throw new Error('the schema has lost a part');
  // A block of it is checked by the kind of its name, which zod has no schema for.
  const patternProperties = Object.fromEntries(
    KINDS.map((kind) => [`^${kind}(?:-[a-z0-9]+)*$`, writeOwn(ownSchemas[kind])]),
  );
  return {
    $schema,
    title: 'The settings of Paperboy',
    ...rest,
    properties: {
      ...properties,
      sources: { ...sources, properties: { ...sources?.properties, feed: orAlone(feed) } },
      destinations: { ...destinations, patternProperties, additionalProperties: false },
    },
  };
}

/** A list that may be one item alone. */
function orAlone({ description, default: without, examples, ...list }: KeySchema): KeySchema {
  const item = list.items ?? {};
  return {
    ...(description === undefined ? {} : { description }),
    ...(without === undefined ? {} : { default: without }),
    ...(examples === undefined ? {} : { examples }),
    anyOf: [item, list],
  };
}

/** Of a name with nothing behind it, YAML makes a null. */
function writeOwn(schema: z.ZodType): KeySchema {
  const { $schema: _, ...own } = write(schema);
  return { ...own, type: ['object', 'null'] };
}

function write(schema: z.ZodType): KeySchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    // Of what a function reads, the description says what it may be.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // Of what is transformed, zod leaves these out: here they are of what people write.
      const told = z.globalRegistry.get(zodSchema);
      if (told?.default !== undefined)
        jsonSchema.default = told.default as typeof jsonSchema.default;
      if (told?.examples !== undefined) Object.assign(jsonSchema, { examples: told.examples });
      // That a block may be left out is said of its keys.
      if (jsonSchema.properties !== undefined) delete jsonSchema.default;
    },
  }) as KeySchema;
}
