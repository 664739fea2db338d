/** Waits for `work`, but no longer than so; then `late`, and what becomes of it is not heard of. */
export async function within<T>(
  ms: number,
  work: Promise<T>,
): Promise<'late' | { readonly value: T }> {
  const { promise, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), ms);
  try {
    return await Promise.race([work.then((value) => ({ value })), promise]);
  } finally {
    clearTimeout(timer);
  }
}
