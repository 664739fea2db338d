/*
 * Writes what is generated from the schemas in the source: npm run schema
 */
import { writeFileSync } from 'node:fs';
import { generateCodes } from './generate-codes.ts';
import { makeConfigSchema } from './make-config-schema.ts';
import { makeJsonSchema } from './make-json-schema.ts';
import { makeReference } from './make-reference.ts';

const write = (path: string, text: string): void =>
  writeFileSync(new URL(path, import.meta.url), text);

write('issue.schema.json', makeJsonSchema());
write('paperboy.schema.json', `${JSON.stringify(makeConfigSchema(), undefined, 2)}\n`);
write('../docs/configuration.md', makeReference());
write('../docs/codes.md', generateCodes());
