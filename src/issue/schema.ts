import { z } from 'zod';

const isoDate = z.iso.date().describe('A calendar day, YYYY-MM-DD');
const webUrl = z.url({ protocol: /^https?$/ });
const likes = z.int().nonnegative().describe('How often it was liked, a whole number');
const inline = z.string().min(1).describe('CommonMark inline: links, emphasis and code survive');

const figure = z.strictObject({
  kind: z.literal('figure'),
  caption: inline.optional(),
  imageUrl: webUrl.optional(),
  alt: z.string().optional(),
  width: z.int().positive().optional().describe('In pixels, where the source states it'),
  height: z.int().positive().optional().describe('In pixels, where the source states it'),
});

const block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('paragraph'), text: inline }),
  figure,
  z.strictObject({ kind: z.literal('heading'), text: inline }),
  z.strictObject({ kind: z.literal('list'), ordered: z.boolean(), items: z.array(inline).min(1) }),
]);

const byline = z.strictObject({
  text: z.string(),
  authors: z.array(z.string().min(1)),
  etAl: z.boolean(),
  organizations: z.array(z.string().min(1)),
});

const paper = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  title: z.string().min(1),
  byline,
  likes: likes.optional(),
  topics: z.array(z.string().min(1)),
  pick: z.boolean(),
  url: webUrl.optional(),
  body: z.array(block),
});

const news = z.strictObject({ likes: likes.optional(), text: inline, figures: z.array(figure) });

/** The shape of an issue, as `--json` prints it and the archive keeps it. */
export const issueSchema = z.strictObject({
  number: z.int().positive(),
  title: z.string().min(1),
  subtitle: z.string().min(1).optional(),
  period: z.strictObject({ start: isoDate, end: isoDate }),
  url: webUrl.optional(),
  news: z.array(news),
  papers: z.array(paper),
  promotions: z.array(z.strictObject({ title: z.string(), text: z.string() })),
});

export type Issue = z.infer<typeof issueSchema>;
export type Paper = z.infer<typeof paper>;
export type News = z.infer<typeof news>;
export type Block = z.infer<typeof block>;
export type Figure = z.infer<typeof figure>;
export type Byline = z.infer<typeof byline>;
export type Promotion = Issue['promotions'][number];
export type Period = Issue['period'];
