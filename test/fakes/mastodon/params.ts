/** The parameters of a request; a file stays a file. */
export type Params = Readonly<Record<string, unknown>>;

/**
 * Query, JSON, form and multipart bodies are equally understood; what no route knows is ignored.
 * https://docs.joinmastodon.org/client/intro/#parameters
 */
export async function parseParams(
  query: URLSearchParams,
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<Params> {
  const params: Record<string, unknown> = {};
  for (const [name, value] of query) put(params, name, value);
  if (bytes.length === 0) return params;
  if (contentType.includes('json')) {
    return { ...params, ...(JSON.parse(new TextDecoder().decode(bytes)) as object) };
  }
  const response = new Response(bytes, { headers: { 'content-type': contentType } });
  for (const [name, value] of await response.formData()) put(params, name, value);
  return params;
}

/** A parameter as text; numbers become digits, as Rails casts them. */
export function textOf(params: Params, name: string): string | undefined {
  const value = params[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A parameter as a list of texts; undefined when it is no list. */
export function listOf(params: Params, name: string): readonly string[] | undefined {
  const value = params[name];
  return Array.isArray(value) ? value.map(String) : undefined;
}

function put(params: Record<string, unknown>, name: string, value: unknown): void {
  const list = /^([^[]+)\[\d*\]$/.exec(name)?.[1];
  if (list === undefined) params[name] = value;
  else params[list] = [...((params[list] as unknown[] | undefined) ?? []), value];
}
