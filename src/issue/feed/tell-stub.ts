/** The newsletter's host marks what only subscribers may read. */
const PAYWALL = /\bclass\s*=\s*["'](?:[^"'<>]*\s)?paywall(?:["'\s]|__|--)/i;

/**
 * Whether an entry has no more than a teaser: it is empty, it is marked as for subscribers, or the
 * feed has only a description of it that is plain words. Linear.
 */
export function tellStub(html: string, isFull: boolean): boolean {
  if (PAYWALL.test(html)) return true;
  if (!isFull && !/<(?:p|h[1-6]|div|table|li)[\s>]/i.test(html)) return true;
  return !/<img[\s/]/i.test(html) && html.replace(/<[^<>]*>/g, '').trim() === '';
}
