import { type DestinationName, readKind } from './destination-names.ts';
import type { Publisher } from './publishers/publisher.ts';
import { ACCOUNT_VARIABLES, nameVariable } from './variables.ts';

/**
 * A publisher whose remedies name the variables of a destination: publishers know those of the
 * first of their kind.
 */
export function withOwnVariables(publisher: Publisher, name: DestinationName): Publisher {
  const tell = <T extends { readonly kind: string }>(outcome: T): T =>
    'remedy' in outcome && typeof outcome.remedy === 'string'
      ? { ...outcome, remedy: nameOwnVariables(outcome.remedy, name) }
      : outcome;
  return {
    find: async (...args) => tell(await publisher.find(...args)),
    publish: async (...args) => tell(await publisher.publish(...args)),
    retract: async (...args) => tell(await publisher.retract(...args)),
  };
}

/** A text that names variables of the first destination of a kind, with those of another of it. */
export function nameOwnVariables(text: string, name: DestinationName): string {
  const kind = readKind(name);
  if (kind === undefined || kind === name) return text;
  return ACCOUNT_VARIABLES[kind].reduce<string>(
    (said, variable) =>
      said.replace(new RegExp(`\\b${variable}\\b`, 'g'), nameVariable(variable, name)),
    text,
  );
}
