import { z } from 'zod';
import { issueSchema } from '../src/issue/schema.ts';

type Schema = {
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  description?: string;
  [key: string]: unknown;
};

/**
 * The schema of an issue's file as JSON Schema, for the editors of people and for other programs:
 * that of an issue, but for what may be left out or written short there (see `by-hand.ts`).
 */
export function makeJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(issueSchema) as Schema;
  allowByHand(schema);
  const whole = { $schema, title: 'An issue of Paperboy', ...schema };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}

function allowByHand(issue: Schema): void {
  const paper = issue.properties?.papers?.items;
  const news = issue.properties?.news?.items;
  leaveOut(issue, ['news', 'promotions']);
  leaveOut(paper, ['slug', 'topics', 'pick', 'byline']);
  leaveOut(news, ['figures']);
  if (issue.properties?.news?.items) issue.properties.news.items = orText(news, 'A line of news');
  if (paper?.properties?.byline) {
    paper.properties.byline = orText(
      paper.properties.byline,
      'As it is printed: Xin et al. [NVIDIA]',
    );
  }
  if (paper?.properties?.body?.items) {
    paper.properties.body.items = orText(paper.properties.body.items, 'A paragraph');
  }
}

function leaveOut(schema: Schema | undefined, names: readonly string[]): void {
  if (schema?.required === undefined) throw new Error('the schema has lost a part');
  schema.required = schema.required.filter((name) => !names.includes(name));
}

function orText(schema: Schema | undefined, description: string): Schema {
  return {
    description: schema?.description ?? '',
    anyOf: [{ type: 'string', description }, schema],
  };
}
