import { z } from 'zod';
import { issueSchema } from '../src/issue/schema.ts';

/** The schema of an issue as JSON Schema, for the editors of people and for other programs. */
export function makeJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(issueSchema);
  return `${JSON.stringify({ $schema, title: 'An issue of Paperboy', ...schema }, undefined, 2)}\n`;
}
