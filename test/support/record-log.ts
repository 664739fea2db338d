import type { Log, LogFields } from '../../src/kit/log.ts';

export type Recorded = {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
};

/** A log that keeps what it is told. */
export type RecordLog = Log & { readonly lines: readonly Recorded[] };

export function makeRecordLog(): RecordLog {
  const lines: Recorded[] = [];
  const at =
    (level: Recorded['level']) =>
    (fields: LogFields, event: string): void => {
      lines.push({ level, event, fields });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
