import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Problem } from './errors.ts';
import { isJsonObject, type JsonObject, objectsOf } from './json.ts';

const SPEC_ID = 'https://discord.invalid/openapi';
const UNION_KEYWORDS = ['oneOf', 'anyOf', 'if'];
const INT64_LIMIT = 2 ** 53;

/** Discord's own schemas, each compiled when it is first asked for. */
export type Spec = {
  /** What the schema of that name finds wrong with a value; nothing when it fits. */
  check(schemaName: string, value: unknown): readonly Problem[];
};

const loaded = new Map<string, Spec>();

/**
 * Discord's OpenAPI document (github.com/discord/discord-api-spec, 3.1) as a checker, or nothing
 * when the file is absent. One copy per process serves every fake that names the same file.
 */
export function loadSpec(path: string | undefined): Spec | undefined {
  if (path === undefined || !existsSync(path)) return undefined;
  const known = loaded.get(path);
  if (known !== undefined) return known;
  const spec = makeSpec(path);
  loaded.set(path, spec);
  return spec;
}

function makeSpec(path: string): Spec {
  let ajv: Ajv2020 | undefined;
  return {
    check(schemaName, value) {
      ajv ??= makeAjv(path);
      const validate = ajv.getSchema(`${SPEC_ID}#/components/schemas/${schemaName}`);
      if (validate === undefined) {
        throw new Error(`Cannot check a body as the spec has no schema: ${schemaName}`);
      }
      if (validate(value) === true) return [];
      return toProblems(validate.errors ?? []);
    },
  };
}

function makeAjv(path: string): Ajv2020 {
  const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const components = isJsonObject(document) ? document.components : undefined;
  const schemas = isJsonObject(components) ? components.schemas : undefined;
  if (!isJsonObject(schemas)) throw new Error(`Cannot read Discord's spec: no schemas in ${path}`);
  adapt(schemas, schemas);

  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    // Compiled once and used little: quick to compile matters more than quick to run.
    inlineRefs: false,
    code: { optimize: false },
  });
  addFormats.default(ajv);
  ajv.addFormat('snowflake', (text) => /^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 64n);
  ajv.addFormat('nonce', true);
  ajv.addSchema({ $id: SPEC_ID, components: { schemas } });
  return ajv;
}

/**
 * Two changes to the document, in place. A union of components is told apart by `type`, so that a
 * problem names its field and not every branch; and an integer too big for JSON numbers may come
 * as digits, the way that Discord's clients send it.
 */
function adapt(node: unknown, schemas: JsonObject): void {
  if (Array.isArray(node)) {
    for (const one of node) adapt(one, schemas);
    return;
  }
  if (!isJsonObject(node)) return;
  const branches = objectsOf(node.oneOf);
  const tags = branches.map((branch) => typeTagOf(branch, schemas));
  const isTagged = tags.length > 1 && new Set(tags).size === tags.length;
  if (isTagged && !tags.includes(undefined)) {
    delete node.oneOf;
    node.type = 'object';
    node.required = ['type'];
    node.properties = { type: { enum: tags } };
    node.allOf = branches.map((branch, index) => ({
      if: { properties: { type: { const: tags[index] } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: branch,
    }));
  }
  const hasTextBranch = branches.some((branch) => branch.type === 'string');
  for (const [key, member] of Object.entries(node)) {
    if (key === 'oneOf' && hasTextBranch) continue;
    if (isJsonObject(member) && isBigInteger(member)) {
      node[key] = { anyOf: [member, { type: 'string', pattern: '^-?\\d+$' }] };
    } else {
      adapt(member, schemas);
    }
  }
}

/** The one `type` that a referenced schema allows, if it allows only one. */
function typeTagOf(branch: JsonObject, schemas: JsonObject): unknown {
  const name = typeof branch.$ref === 'string' ? branch.$ref.split('/').at(-1) : undefined;
  const schema = name === undefined ? undefined : schemas[name];
  if (!isJsonObject(schema) || !isJsonObject(schema.properties)) return undefined;
  const tag = schema.properties.type;
  return isJsonObject(tag) && Array.isArray(tag.enum) && tag.enum.length === 1
    ? tag.enum[0]
    : undefined;
}

function isBigInteger(schema: JsonObject): boolean {
  if (![schema.type].flat().includes('integer')) return false;
  return schema.format === 'int64' || Number(schema.maximum) >= INT64_LIMIT;
}

function toProblems(errors: readonly ErrorObject[]): readonly Problem[] {
  // A nullable field adds "must be null" and "no branch fits" to what is really wrong with it.
  const real = errors.filter(
    ({ keyword, params }) =>
      !UNION_KEYWORDS.includes(keyword) && !(keyword === 'type' && params.type === 'null'),
  );
  return (real.length > 0 ? real : errors).map(toProblem);
}

function toProblem(error: ErrorObject): Problem {
  const path = error.instancePath.split('/').slice(1).map(unescapeStep);
  const limit: unknown = error.params.limit;
  switch (error.keyword) {
    case 'maxLength':
    case 'maxItems':
      return {
        path,
        code: 'BASE_TYPE_MAX_LENGTH',
        message: `Must be ${limit} or fewer in length.`,
      };
    case 'minLength':
    case 'minItems':
      return { path, code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${limit} or more in length.` };
    case 'required':
      return {
        path: [...path, String(error.params.missingProperty)],
        code: 'BASE_TYPE_REQUIRED',
        message: 'This field is required',
      };
    case 'enum':
    case 'const':
      return { path, code: 'BASE_TYPE_CHOICES', message: `Value ${error.message ?? ''}.` };
    default:
      return {
        path,
        code: 'BASE_TYPE_INVALID',
        message: `Value ${error.message ?? 'is invalid'}.`,
      };
  }
}

function unescapeStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
