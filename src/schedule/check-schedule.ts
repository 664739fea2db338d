/** Says why a text is no cron expression of five fields; undefined when it is one. */
export async function checkCron(cron: string): Promise<string | undefined> {
  // node-cron says what it can read; it is loaded for those who wrote something.
  const { validateDetailed } = await import('node-cron');
  const { valid, errors } = validateDetailed(cron);
  if (cron.trim().split(/\s+/).length !== 5) return 'it has not five fields';
  return valid ? undefined : errors.map(({ message }) => message).join(', ');
}

/** True for a name of an IANA time zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
