import { z } from 'zod';

/** What people are told of a key, in docs/configuration.md and by editors that know the schema. */
type Told = {
  /** A sentence or two in Markdown, with a full stop. */
  readonly description: string;
  /** What holds without the key, where the schema itself does not say so. */
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
};

/** The schema of a key with what is told of it. Unlike `.meta()`, which costs a start time, it copies nothing. */
export function setting<S extends z.ZodType>(schema: S, told: Told): S {
  z.globalRegistry.add(schema, { ...told });
  return schema;
}
