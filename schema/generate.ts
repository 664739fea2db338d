/*
 * Writes schema/issue.schema.json from the schema in src/issue/schema.ts: npm run schema
 */
import { writeFileSync } from 'node:fs';
import { makeJsonSchema } from './make-json-schema.ts';

writeFileSync(new URL('issue.schema.json', import.meta.url), makeJsonSchema());
