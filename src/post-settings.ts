import { z } from 'zod';
import type { FormatOptions } from '../formatters/draft.ts';
import { readKind } from './destination-names.ts';
import { setting } from './setting.ts';

const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'must be like en or pt-BR');
export const languages = z.array(language).min(1).max(3);

const length = z.union([z.enum(['thread', 'brief']), z.int().min(1).max(100)], {
  error: 'must be thread, brief, or the most posts that a thread may have',
});

const style = {
  languages: setting(languages.optional(), {
    description: 'The languages of the posts, in place of `languages` at the top.',
    examples: [['de']],
  }),
  length: setting(length.optional(), {
    description:
      '`thread`: every word; `brief`: one post of chosen sentences; a number: the best thread of at most so many posts.',
    default: 'thread',
    examples: ['brief', 3],
  }),
  counters: setting(z.boolean().optional(), {
    description: '“3/8” at the end of each post of a thread.',
    default: false,
  }),
  hashtags: setting(z.boolean().optional(), {
    description: 'The topics of a paper as hashtags.',
    default: true,
  }),
  emoji: setting(z.boolean().optional(), {
    description: '⭐ and ♥ for the editor’s pick and the likes.',
    default: true,
  }),
  likes: setting(z.boolean().optional(), {
    description: 'How many likes a paper had in the issue.',
    default: true,
  }),
  compact: setting(z.boolean().optional(), {
    description: 'A cut at a clause where that saves a post.',
    default: false,
  }),
  templates: setting(z.record(z.string(), z.string()).optional(), {
    description: 'Your own wording of single lines, by their names.',
    examples: [{ closing: 'The whole issue: {issueTitle} ({period})' }],
  }),
};
export const styleSchema = z.strictObject(style);
export const discordStyleSchema = z.strictObject({
  ...style,
  layout: setting(z.enum(['embeds', 'components']).optional(), {
    description: 'Embeds, or cards with buttons and all images in place of them.',
    default: 'embeds',
  }),
});
export const mastodonStyleSchema = z.strictObject({
  ...style,
  maxCharacters: setting(z.int().min(100).max(100_000).optional(), {
    description: 'The most characters of a post; what the server says if left out.',
    examples: [500],
  }),
  charactersPerUrl: setting(z.int().min(1).max(1_000).optional(), {
    description: 'What an address counts for; what the server says if left out.',
    examples: [23],
  }),
});

const over = <S extends z.ZodType>(schema: S, where: string): z.ZodOptional<S> =>
  setting(schema.optional(), { description: `What is otherwise ${where}: any key of \`posts\`.` });

/** `posts` in `paperboy.yaml`: how posts are written, everywhere and then where it is otherwise. */
export const postsSchema = setting(
  z
    .strictObject({
      ...style,
      folder: over(styleSchema, 'in folders'),
      bluesky: over(styleSchema, 'on Bluesky'),
      discord: over(discordStyleSchema, 'on Discord'),
      mastodon: over(mastodonStyleSchema, 'on Mastodon'),
      x: over(styleSchema, 'for X'),
      linkedin: over(styleSchema, 'for LinkedIn'),
      text: over(styleSchema, 'as plain text'),
      html: over(styleSchema, 'as HTML'),
      webhook: over(styleSchema, 'for webhooks'),
    })
    .prefault({}),
  {
    description:
      'How posts are written: everywhere, then for a platform or kind of destination, then in `destinations` for one of them.',
  },
);

export type PostSettings = z.infer<typeof postsSchema>;
type Style = z.infer<typeof styleSchema>;
/** How posts are written at one destination alone. */
export type OwnPosts = z.infer<typeof discordStyleSchema> | z.infer<typeof mastodonStyleSchema>;

/** How the posts of a destination or platform of that name are written. */
export type ChooseFormat = (name: string) => FormatOptions;

type ServerLimits = NonNullable<FormatOptions['mastodon']>;

/** What is set for one destination alone, and what is known of its server. */
type Own = {
  readonly posts: OwnPosts | undefined;
  readonly readLimits: (() => ServerLimits | undefined) | undefined;
};

/**
 * Puts the settings of a destination over those of its kind, and these over those that hold
 * everywhere. Where nothing is said of Mastodon's limits, they are what the server was known to
 * allow.
 */
export function makeChooseFormat(
  { folder, bluesky, discord, mastodon, x, linkedin, text, html, webhook, ...all }: PostSettings,
  everywhere: readonly string[],
  chooseOwn: (name: string) => Own,
): ChooseFormat {
  const places: Readonly<Record<string, Style | undefined>> = {
    ...{ folder, bluesky, discord, mastodon, x, linkedin, text, html, webhook },
  };
  return (name) => {
    const ofKind = places[readKind(name) ?? name] ?? {};
    const { posts: own = {}, readLimits } = chooseOwn(name);
    const {
      length: most,
      languages: tags = everywhere,
      templates,
      ...rest
    } = {
      ...all,
      ...ofKind,
      ...own,
      templates: { ...all.templates, ...ofKind.templates, ...own.templates },
    };
    const layout = 'layout' in own ? own.layout : discord?.layout;
    const { counters, hashtags, emoji, likes, compact } = rest;
    return {
      languages: tags,
      ...(most === undefined
        ? {}
        : { length: typeof most === 'number' ? { maxPosts: most } : most }),
      ...dropUndefined({ counters, hashtags, emoji, likes, compact }),
      ...(Object.keys(templates).length === 0 ? {} : { templates }),
      ...(layout === undefined ? {} : { discord: { layout } }),
      ...describeServer({ ...mastodon, ...own }, readLimits?.()),
    };
  };
}

function describeServer(
  {
    maxCharacters,
    charactersPerUrl,
  }: { readonly [Limit in keyof ServerLimits]?: number | undefined },
  known: ServerLimits | undefined,
): { readonly mastodon?: ServerLimits } {
  if (known === undefined && maxCharacters === undefined && charactersPerUrl === undefined)
    return {};
  return {
    mastodon: {
      maxCharacters: maxCharacters ?? known?.maxCharacters ?? 500,
      charactersPerUrl: charactersPerUrl ?? known?.charactersPerUrl ?? 23,
    },
  };
}

/** What is wrong with the templates, a line each. Loads the templates' rules where there are some. */
export async function checkTemplates(
  posts: PostSettings | OwnPosts,
  block = 'posts',
): Promise<string[]> {
  const problems: string[] = [];
  const { templates, ...others } = posts;
  const places: (readonly [string, Record<string, string> | undefined])[] = [[block, templates]];
  for (const [name, value] of Object.entries(others)) {
    if (typeof value === 'object' && 'templates' in value) {
      places.push([`${block}.${name}`, value.templates]);
    }
  }
  for (const [place, written] of places) {
    for (const [name, template] of Object.entries(written ?? {})) {
      const wrong = await checkOne(name, template);
      if (wrong !== undefined) {
        problems.push(`${place}.templates.${name} in paperboy.yaml cannot be used: ${wrong}`);
      }
    }
  }
  return problems;
}

async function checkOne(name: string, template: string): Promise<string | undefined> {
  const { checkTemplate, templateNames } = await import('../formatters/voice/template.ts');
  const known = templateNames.find((one) => one === name);
  if (known !== undefined) return checkTemplate(known, template);
  return `there is no such line; the lines are ${templateNames.join(', ')}`;
}

function dropUndefined<T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
