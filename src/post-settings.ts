import { z } from 'zod';
import type { FormatOptions } from '../formatters/draft.ts';

const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'must be like en or pt-BR');
export const languages = z.array(language).min(1).max(3);

const length = z.union([z.enum(['thread', 'brief']), z.int().min(1).max(100)], {
  error: 'must be thread, brief, or the most posts that a thread may have',
});

const style = {
  languages: languages.optional(),
  length: length.optional(),
  counters: z.boolean().optional(),
  hashtags: z.boolean().optional(),
  emoji: z.boolean().optional(),
  likes: z.boolean().optional(),
  compact: z.boolean().optional(),
  templates: z.record(z.string(), z.string()).optional(),
};
const styleSchema = z.strictObject(style);

/** `posts` in `paperboy.yaml`: how posts are written, everywhere and then where it is otherwise. */
export const postsSchema = z
  .strictObject({
    ...style,
    folder: styleSchema.optional(),
    bluesky: styleSchema.optional(),
    discord: z
      .strictObject({ ...style, layout: z.enum(['embeds', 'components']).optional() })
      .optional(),
    mastodon: z
      .strictObject({
        ...style,
        maxCharacters: z.int().min(100).max(100_000).optional(),
        charactersPerUrl: z.int().min(1).max(1_000).optional(),
      })
      .optional(),
    x: styleSchema.optional(),
    linkedin: styleSchema.optional(),
    text: styleSchema.optional(),
    html: styleSchema.optional(),
    webhook: styleSchema.optional(),
  })
  .prefault({});

export type PostSettings = z.infer<typeof postsSchema>;
type Style = z.infer<typeof styleSchema>;

/** How the posts of a destination or platform of that name are written. */
export type ChooseFormat = (name: string) => FormatOptions;

type ServerLimits = NonNullable<FormatOptions['mastodon']>;

/**
 * Puts the settings of a place over those that hold everywhere. Where nothing is said of Mastodon's
 * limits, they are what the server was known to allow.
 */
export function makeChooseFormat(
  { folder, bluesky, discord, mastodon, x, linkedin, text, html, webhook, ...all }: PostSettings,
  everywhere: readonly string[],
  readServerLimits: () => ServerLimits | undefined = () => undefined,
): ChooseFormat {
  const places: Readonly<Record<string, Style | undefined>> = {
    ...{ folder, bluesky, discord, mastodon, x, linkedin, text, html, webhook },
  };
  return (name) => {
    const own = places[name] ?? {};
    const {
      length: most,
      languages: tags = everywhere,
      templates,
      ...rest
    } = {
      ...all,
      ...own,
      templates: { ...all.templates, ...own.templates },
    };
    const { counters, hashtags, emoji, likes, compact } = rest;
    return {
      languages: tags,
      ...(most === undefined
        ? {}
        : { length: typeof most === 'number' ? { maxPosts: most } : most }),
      ...dropUndefined({ counters, hashtags, emoji, likes, compact }),
      ...(Object.keys(templates).length === 0 ? {} : { templates }),
      ...(discord?.layout === undefined ? {} : { discord: { layout: discord.layout } }),
      ...describeServer(mastodon, readServerLimits()),
    };
  };
}

function describeServer(
  {
    maxCharacters,
    charactersPerUrl,
  }: { readonly [Limit in keyof ServerLimits]?: number | undefined } = {},
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
export async function checkTemplates(posts: PostSettings): Promise<string[]> {
  const problems: string[] = [];
  const { templates, ...others } = posts;
  const places: (readonly [string, Record<string, string> | undefined])[] = [['posts', templates]];
  for (const [name, value] of Object.entries(others)) {
    if (typeof value === 'object' && 'templates' in value) {
      places.push([`posts.${name}`, value.templates]);
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
