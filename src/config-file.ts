import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { DestinationName } from './destination-names.ts';
import {
  destinationsSchema,
  discordSchema,
  folderSchema,
  type OwnSettings,
  readDestinations,
  webhookSchema,
} from './destination-settings.ts';
import { approvalSchema, editorsSchema } from './editor-settings.ts';
import { describeError } from './kit/errors.ts';
import { parseRest } from './parse-rest.ts';
import { type Plan, readPlan, scheduleSchema } from './plan-settings.ts';
import { checkTemplates, languages, postsSchema } from './post-settings.ts';
import { httpSchema, keepSchema } from './service-settings.ts';
import { setting } from './setting.ts';
import { namePlace, tellWrong } from './tell-wrong.ts';
import type { Variables } from './variables.ts';

const feedUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .regex(/^[^@]*$/, 'must have no user or password in it');
const host = z
  .string()
  .regex(/^[^\s/@]+$/, 'must be a host, with its port if it has one: 127.0.0.1:8080');

/** `paperboy.yaml`, whole. Every key may be left out. */
export const fileSchema = z.strictObject({
  data: setting(z.string().min(1).optional(), {
    description:
      'The folder of all data. Paths are relative to the folder that Paperboy is started in. PAPERBOY_DATA wins.',
    default: './data',
  }),
  log: setting(z.enum(['error', 'warn', 'info', 'silent']).optional(), {
    description:
      'How much `paperboy start` logs, as JSON lines on stderr; if left out, `info`, and in a terminal `warn`. Other commands log nothing unless it is set.',
  }),
  languages: setting(languages.default(['en']), {
    description:
      'The languages of the posts as BCP 47 tags, at most three. The fixed words are in the first one (English or German), or in English where there are none in it.',
    examples: [['de', 'en']],
  }),
  schedule: scheduleSchema,
  approval: approvalSchema,
  editors: editorsSchema,
  posts: postsSchema,
  folder: folderSchema,
  discord: discordSchema,
  webhook: webhookSchema,
  destinations: destinationsSchema,
  sources: setting(
    z
      .strictObject({
        folder: setting(z.string().min(1).optional(), {
          description:
            'An inbox: what is dropped in is imported and moved to `imported/` or `rejected/` in it, its findings beside it.',
          examples: ['./inbox'],
        }),
        feed: setting(
          z
            .preprocess(
              (feed) => (typeof feed === 'string' ? [feed] : feed),
              z.array(feedUrl).max(20),
            )
            .default([]),
          {
            description:
              'The address of an RSS or Atom feed, or a list of at most 20. A changed issue is kept as its next revision. PAPERBOY_FEED wins.',
            default: [],
            examples: ['https://rss.beehiiv.com/feeds/abc.xml'],
          },
        ),
      })
      .prefault({}),
    { description: 'What `paperboy start` watches for new issues.' },
  ),
  fetch: setting(
    z
      .strictObject({
        allow: setting(z.array(host).default([]), {
          description:
            'Hosts on this machine or network, with their port, that may be fetched from all the same.',
          examples: [['127.0.0.1:8080']],
        }),
      })
      .prefault({}),
    {
      description:
        'What is fetched for issues, feeds and images comes from the public internet alone, but for:',
    },
  ),
  http: httpSchema,
  keep: keepSchema,
});

/** The file, checked, and what a schema alone cannot check of it. */
export type ConfigFile = Omit<z.infer<typeof fileSchema>, 'destinations'> & {
  readonly plan: Plan;
  /** What is set for a destination alone, and which further ones there are. */
  readonly own: ReadonlyMap<DestinationName, OwnSettings>;
};

/**
 * Reads `paperboy.yaml`, or the file that PAPERBOY_CONFIG names. What is wrong is added to
 * `problems`, one line each that names the key; then the defaults are what is read.
 */
export async function readConfigFile(
  folder: string,
  { PAPERBOY_CONFIG }: Variables,
  problems: string[],
): Promise<ConfigFile> {
  const path = resolve(folder, PAPERBOY_CONFIG ?? 'paperboy.yaml');
  if (PAPERBOY_CONFIG !== undefined && !existsSync(path)) {
    problems.push(`PAPERBOY_CONFIG names ${path}, which does not exist`);
  }
  const { destinations, ...file } = parseFile(await readYaml(path, problems), problems);
  const { to: _, ...schedule } = file.schedule;
  const plan = await readPlan('schedule', schedule, problems);
  problems.push(...(await checkTemplates(file.posts)));
  return { ...file, plan, own: await readDestinations(destinations, problems) };
}

async function readYaml(path: string, problems: string[]): Promise<unknown> {
  if (!existsSync(path)) return {};
  try {
    const { parse } = await import('yaml');
    return parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    problems.push(`${path} cannot be read: ${describeYamlError(error)}`);
    return {};
  }
}

function parseFile(content: unknown, problems: string[]): z.infer<typeof fileSchema> {
  const result = fileSchema.safeParse(content, { error: tellWrong });
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    problems.push(`${namePlace(issue.path)}: ${issue.message}`);
  }
  // What is right beside it holds, and is checked, for whoever wants to know all that is wrong.
  return parseRest(fileSchema, content, result.error.issues);
}

/** What and where, without the line of the file that follows: nobody knows what stands in it. */
function describeYamlError(error: unknown): string {
  if (!(error instanceof Error) || error.name !== 'YAMLParseError') return describeError(error);
  return `it is no valid YAML: ${error.message.split('\n')[0]?.replace(/:$/, '')}`;
}
