import { z } from 'zod';
import { type DestinationName, type Kind, nameSchema, readKind } from './destination-names.ts';
import { ownScheduleSchema, type Plan, readPlan } from './plan-settings.ts';
import {
  checkTemplates,
  discordStyleSchema,
  mastodonStyleSchema,
  type OwnPosts,
  styleSchema,
} from './post-settings.ts';

const platform = z
  .enum(['bluesky', 'discord', 'mastodon', 'x', 'linkedin', 'text', 'html'])
  .meta({ description: 'For which platform the posts there are written.' });
const path = z
  .string()
  .min(1)
  .meta({
    description: 'The folder that gets a file for each post, from the folder of this file on.',
    examples: ['./posts'],
  });
const crosspost = z.boolean().meta({
  description:
    'In an announcement channel: publish each message to the servers that follow the channel.',
});
const forumPer = z.enum(['paper', 'issue']).meta({
  description:
    'In a forum: a post for each paper, or one for each issue with its papers as messages.',
});
const forumTag = z
  .string()
  .min(1)
  .max(20)
  .meta({
    description: 'In a forum that demands a tag: the tag of what has none of its topics.',
    examples: ['Misc'],
  });

/** `folder`, `discord` and `webhook` in `paperboy.yaml`: what holds for all of a kind. */
export const folderSchema = z
  .strictObject({ path: path.optional(), format: platform.default('bluesky') })
  .meta({ description: 'The folder that posts are written to until there is a live account.' })
  .prefault({});
export const discordSchema = z
  .strictObject({
    crosspost: crosspost.default(true),
    forumPer: forumPer.default('paper'),
    forumTag: forumTag.optional(),
  })
  .meta({ description: 'The channels of Discord.' })
  .prefault({});
export const webhookSchema = z
  .strictObject({ format: platform.default('text') })
  .meta({ description: 'What is sent to webhooks.' })
  .prefault({});

const posts = { description: 'How posts are written there, over `posts`.' };
const schedule = ownScheduleSchema
  .meta({ description: 'When something is posted there, over `schedule`.' })
  .optional();
const plain = styleSchema.meta(posts).optional();

/** A block of `destinations` in `paperboy.yaml`, by the kind of its name. */
export const ownSchemas = {
  folder: z.strictObject({
    posts: plain,
    schedule,
    path: path.optional(),
    format: platform.optional(),
  }),
  bluesky: z.strictObject({ posts: plain, schedule }),
  discord: z.strictObject({
    posts: discordStyleSchema.meta(posts).optional(),
    schedule,
    crosspost: crosspost.optional(),
    forumPer: forumPer.optional(),
    forumTag: forumTag.optional(),
  }),
  mastodon: z.strictObject({ posts: mastodonStyleSchema.meta(posts).optional(), schedule }),
  webhook: z.strictObject({ posts: plain, schedule, format: platform.optional() }),
} as const satisfies Record<Kind, z.ZodType>;

/** `destinations` in `paperboy.yaml`, whose blocks are checked by the kinds of their names. */
export const destinationsSchema = z
  .record(z.string(), z.unknown())
  .meta({
    description:
      'Further destinations, each named by its kind, a hyphen and a word, and what is otherwise at one destination alone.',
  })
  .default({});

/** What is set for one destination alone: of what its kind has, any part. */
export type OwnSettings = {
  readonly posts?: OwnPosts | undefined;
  readonly plan?: Plan | undefined;
  readonly path?: string | undefined;
  readonly format?: z.infer<typeof platform> | undefined;
  readonly crosspost?: boolean | undefined;
  readonly forumPer?: z.infer<typeof forumPer> | undefined;
  readonly forumTag?: string | undefined;
};

/**
 * Checks each block by the kind that its name says. What is wrong is added to `problems`, one line
 * each, and such a block is left out.
 */
export async function readDestinations(
  written: Readonly<Record<string, unknown>>,
  problems: string[],
): Promise<ReadonlyMap<DestinationName, OwnSettings>> {
  const read = new Map<DestinationName, OwnSettings>();
  for (const [name, block] of Object.entries(written)) {
    const place = `destinations.${name}`;
    const kind = readKind(name);
    const named = nameSchema.safeParse(name);
    if (kind === undefined || !named.success) {
      problems.push(`${place} in paperboy.yaml: its name ${named.error?.issues[0]?.message}`);
      continue;
    }
    // Of a name with nothing behind it, YAML makes a null.
    const result = ownSchemas[kind].safeParse(block ?? {});
    if (!result.success) {
      for (const issue of result.error.issues) {
        problems.push(`${[place, ...issue.path].join('.')} in paperboy.yaml: ${issue.message}`);
      }
      continue;
    }
    const { schedule, ...rest } = result.data;
    problems.push(...(await checkTemplates(rest.posts ?? {}, `${place}.posts`)));
    const plan = await readPlan(`${place}.schedule`, schedule ?? {}, problems);
    read.set(name, { ...rest, plan });
  }
  return read;
}
