import type { Problem } from './errors.ts';

/**
 * What Discord says about a URL in an embed or a component: only http and https, or
 * `attachment://name` where a file can stand. Nothing when the URL is absent or sound.
 */
export function findUrlProblems(
  value: unknown,
  path: readonly (string | number)[],
  options: { readonly limit: number; readonly allowsAttachment?: boolean },
): readonly Problem[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string') {
    return [{ path, code: 'STRING_TYPE_CONVERT', message: 'Could not interpret as string.' }];
  }
  if (value.length > options.limit) {
    const message = `Must be ${options.limit} or fewer in length.`;
    return [{ path, code: 'BASE_TYPE_MAX_LENGTH', message }];
  }
  const scheme = /^([^:]*):/.exec(value)?.[1]?.toLowerCase() ?? '';
  if (options.allowsAttachment === true && scheme === 'attachment') return [];
  if (scheme !== 'http' && scheme !== 'https') {
    const message = `Scheme "${scheme}" is not supported. Scheme must be one of ('http', 'https').`;
    return [{ path, code: 'URL_TYPE_INVALID_SCHEME', message }];
  }
  if (!URL.canParse(value) || /\s/.test(value) || !/^https?:\/\/[^/]/i.test(value)) {
    return [{ path, code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }];
  }
  return [];
}
