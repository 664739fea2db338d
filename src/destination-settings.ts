import { z } from 'zod';
import { type DestinationName, type Kind, nameSchema, readKind } from './destination-names.ts';
import { parseRest } from './parse-rest.ts';
import { ownScheduleSchema, type Plan, readPlan } from './plan-settings.ts';
import {
  checkTemplates,
  discordStyleSchema,
  mastodonStyleSchema,
  type OwnPosts,
  styleSchema,
} from './post-settings.ts';
import { setting } from './setting.ts';
import { namePlace, tellWrong } from './tell-wrong.ts';

const platform = z.enum(['bluesky', 'discord', 'mastodon', 'x', 'linkedin', 'text', 'html']);
const path = z.string().min(1);
const crosspost = z.boolean();
const forumPer = z.enum(['paper', 'issue']);
const forumTag = z.string().min(1).max(20);

const TOLD = {
  path: {
    description:
      'Where a folder is made for each item; if left out, `posts` in the data folder, and of `folder-x` `posts-x`.',
    examples: ['./posts'],
  },
  format: { description: 'For which platform the posts there are written.' },
  crosspost: {
    description:
      'In an announcement channel: each message is published to the servers that follow the channel.',
  },
  forumPer: {
    description: 'In a forum: a post for each paper, or one for each issue with its papers inside.',
  },
  forumTag: {
    description: 'In a forum that demands a tag: that of what has none of its topics.',
    examples: ['Misc'],
  },
} as const;

/** `folder`, `discord` and `webhook` in `paperboy.yaml`: what holds for all of a kind. */
export const folderSchema = setting(
  z
    .strictObject({
      path: setting(path.optional(), TOLD.path),
      format: setting(platform.default('bluesky'), TOLD.format),
    })
    .prefault({}),
  { description: 'The folder that is posted to until there is a live account.' },
);
export const discordSchema = setting(
  z
    .strictObject({
      crosspost: setting(crosspost.default(true), TOLD.crosspost),
      forumPer: setting(forumPer.default('paper'), TOLD.forumPer),
      forumTag: setting(forumTag.optional(), TOLD.forumTag),
    })
    .prefault({}),
  { description: 'The channels of Discord that the clock posts to.' },
);
export const webhookSchema = setting(
  z.strictObject({ format: setting(platform.default('text'), TOLD.format) }).prefault({}),
  { description: 'What is sent to webhooks.' },
);

const own = <S extends z.ZodType>(posts: S) => ({
  posts: setting(posts.optional(), {
    description:
      'How posts are written there, over what `posts` says: any key of it, and of its block for the kind.',
    examples: [{ languages: ['de'] }],
  }),
  schedule: setting(ownScheduleSchema.optional(), {
    description: 'When what is posted there, over what `schedule` says: any key of it but `to`.',
    examples: [{ cron: '0 18 * * *', timeZone: 'Europe/Berlin' }],
  }),
});

/** A block of `destinations` in `paperboy.yaml`, by the kind of its name. */
export const ownSchemas = {
  folder: z.strictObject({
    ...own(styleSchema),
    path: setting(path.optional(), TOLD.path),
    format: setting(platform.optional(), TOLD.format),
  }),
  bluesky: z.strictObject(own(styleSchema)),
  discord: z.strictObject({
    ...own(discordStyleSchema),
    crosspost: setting(crosspost.optional(), TOLD.crosspost),
    forumPer: setting(forumPer.optional(), TOLD.forumPer),
    forumTag: setting(forumTag.optional(), TOLD.forumTag),
  }),
  mastodon: z.strictObject(own(mastodonStyleSchema)),
  webhook: z.strictObject({
    ...own(styleSchema),
    format: setting(platform.optional(), TOLD.format),
  }),
} as const satisfies Record<Kind, z.ZodType>;

/** `destinations` in `paperboy.yaml`, whose blocks are checked by the kinds of their names. */
export const destinationsSchema = setting(z.record(z.string(), z.unknown()).default({}), {
  description:
    'Further destinations, each named by its kind, a hyphen and a word (`bluesky-de`), and what is otherwise at one destination alone. A further one has the variables of its kind with the word in them.',
  examples: [{ 'bluesky-de': { posts: { languages: ['de'] } } }],
});

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
    const result = ownSchemas[kind].safeParse(block ?? {}, { error: tellWrong });
    if (!result.success) {
      for (const issue of result.error.issues) {
        problems.push(`${namePlace([place, ...issue.path])}: ${issue.message}`);
      }
    }
    const { schedule, ...rest } = result.success
      ? result.data
      : parseRest(ownSchemas[kind], block, result.error.issues);
    problems.push(...(await checkTemplates(rest.posts ?? {}, `${place}.posts`)));
    const plan = await readPlan(`${place}.schedule`, schedule ?? {}, problems);
    read.set(name, { ...rest, plan });
  }
  return read;
}
