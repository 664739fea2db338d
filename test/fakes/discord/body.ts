import { invalidForm, refusals } from './errors.ts';
import { isJsonObject, type JsonObject } from './json.ts';

/** https://discord.com/developers/docs/reference#uploading-files */
export const LIMIT_REQUEST_BYTES = 25 * 1024 * 1024;
/** https://discord.com/developers/docs/reference#uploading-files, without boosts */
export const LIMIT_FILE_BYTES = 10 * 1024 * 1024;

/** A file of a multipart request: `index` is the n of its part name `files[n]`. */
export type Upload = {
  readonly index: number;
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
};

/** A request body: its JSON and the files beside it. */
export type ParsedBody = { readonly json: JsonObject; readonly files: readonly Upload[] };

/**
 * Reads a body as Discord does: JSON, or multipart with the JSON in `payload_json`.
 * A list, where one is asked for, comes as `items`. An integer that a JavaScript number cannot hold comes as its digits. Throws DiscordRefusal.
 */
export async function parseBody(
  bytes: Buffer<ArrayBuffer>,
  contentType: string | undefined,
  isList = false,
): Promise<ParsedBody> {
  if (bytes.length > LIMIT_REQUEST_BYTES) throw refusals.tooLarge();
  if (bytes.length === 0) return { json: {}, files: [] };
  const type = contentType ?? '';
  if (type.startsWith('application/json')) {
    return { json: parseJson(bytes.toString('utf8'), isList), files: [] };
  }
  if (type.startsWith('multipart/form-data')) return parseMultipart(bytes, type);
  const message = `Expected "Content-Type" header to be one of {'application/json', 'multipart/form-data'}.`;
  throw invalidForm([{ path: [], code: 'CONTENT_TYPE_INVALID', message }]);
}

async function parseMultipart(bytes: Buffer<ArrayBuffer>, type: string): Promise<ParsedBody> {
  const form = await new Response(bytes, { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw refusals.badJson();
    });
  const files: Upload[] = [];
  const json: JsonObject = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      if (name === 'payload_json') Object.assign(json, parseJson(value));
      else json[name] = value;
      continue;
    }
    if (value.size > LIMIT_FILE_BYTES) throw refusals.tooLarge();
    files.push({
      index: Number(/^files\[(\d+)\]$/.exec(name)?.[1] ?? files.length),
      filename: value.name,
      contentType: value.type,
      sizeBytes: value.size,
    });
  }
  return { json, files };
}

function parseJson(text: string, isList = false): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text, keepBigIntegers);
  } catch {
    throw refusals.badJson();
  }
  if (isList && Array.isArray(value)) return { items: value };
  if (isJsonObject(value) && !isList) return value;
  const message = 'Only dictionaries may be used in a DictType';
  throw invalidForm([{ path: [], code: 'DICT_TYPE_CONVERT', message }]);
}

function keepBigIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isBig =
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  const digits = context?.source;
  return isBig && digits !== undefined && /^-?\d+$/.test(digits) ? digits : value;
}
