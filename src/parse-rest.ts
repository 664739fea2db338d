import type { z } from 'zod';

/** So deep may lie what needs a key that is wrong. */
const MOST_TRIES = 4;

/**
 * What a schema makes of content when all that is wrong is taken out: then what is right beside it
 * is there to be checked further. Every key of the schema may be left out.
 */
export function parseRest<S extends z.ZodType>(
  schema: S,
  content: unknown,
  wrong: readonly z.core.$ZodIssue[],
  tries = MOST_TRIES,
): z.output<S> {
  const paths = wrong.flatMap(listPaths);
  const rest = paths.reduce<unknown>((left, path) => leaveOut(left, content, path), content) ?? {};
  const result = schema.safeParse(rest);
  if (result.success) return result.data;
  // What needs a key that was taken out goes with it.
  return tries === 0 ? schema.parse({}) : parseRest(schema, rest, result.error.issues, tries - 1);
}

function listPaths(issue: z.core.$ZodIssue): PropertyKey[][] {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : undefined;
  return keys?.map((key) => [...issue.path, key]) ?? [[...issue.path]];
}

/**
 * A copy without what is at a path of the original, where that is not out already; of a list, or
 * where nothing is there, without what it is in.
 */
function leaveOut(
  content: unknown,
  original: unknown,
  [key, ...path]: readonly PropertyKey[],
): unknown {
  if (key === undefined || !isBlock(original) || !Object.hasOwn(original, key)) return undefined;
  const name = String(key);
  if (!isBlock(content) || !Object.hasOwn(content, name)) return content;
  const { [name]: old, ...others } = content;
  const rest = leaveOut(old, original[name], path);
  return rest === undefined ? others : { ...others, [name]: rest };
}

function isBlock(content: unknown): content is Readonly<Record<string, unknown>> {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}
