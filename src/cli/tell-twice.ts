import { toInstants, toWallTime } from '../schedule/wall-clock.ts';

/** Which of two an instant is, where the wall clock of a zone shows its time twice; else undefined. */
export function tellTwice(at: Date, timeZone: string): string | undefined {
  const [first, second] = toInstants(toWallTime(at, timeZone), timeZone);
  if (first === undefined || second === undefined) return undefined;
  const [meant, other, instant] =
    at < second ? ['first', 'second', second] : ['second', 'first', first];
  const written = instant.toISOString().replace(/:\d{2}\.\d+Z$/, 'Z');
  return `The clock in ${timeZone} shows that time twice on that day: this is the ${meant}; the ${other} is ${written}.`;
}
