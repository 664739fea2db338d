import { z } from 'zod';

const isoDate = z.iso.date();
/** An address with a user or a password in it would be posted, and stored, with them. */
const webUrl = z
  .url({ protocol: /^https?$/ })
  .regex(/^https?:\/\/[^/?#@]*(?:[/?#]|$)/i, 'must have no user or password in it');
const likes = z.int().nonnegative().describe('How often it was liked, a whole number');
const inline = z
  .string()
  .min(1)
  .describe('Text as CommonMark inline: links, emphasis and code survive');
const pixels = z.int().positive().describe('In pixels, where the source states it');

const paragraph = z
  .strictObject({
    kind: z.literal('paragraph').describe('Marks a paragraph'),
    text: inline,
  })
  .describe('A paragraph of text');

const figure = z
  .strictObject({
    kind: z.literal('figure').describe('Marks a figure'),
    caption: inline.optional().describe('What stands under the image, CommonMark inline'),
    imageUrl: webUrl.optional().describe('Where the image is, an http(s) address'),
    alt: z.string().optional().describe('What the image shows, for those who cannot see it'),
    width: pixels.optional(),
    height: pixels.optional(),
  })
  .describe('An image with its caption, or the place of one');

const heading = z
  .strictObject({
    kind: z.literal('heading').describe('Marks a heading inside the paper'),
    text: inline,
  })
  .describe('A heading inside the paper');

const list = z
  .strictObject({
    kind: z.literal('list').describe('Marks a list'),
    ordered: z.boolean().describe('true for a numbered list, false for bullets'),
    items: z.array(inline).min(1).describe('The points of the list, at least one'),
  })
  .describe('A list of points');

const block = z
  .discriminatedUnion('kind', [paragraph, figure, heading, list])
  .describe('A part of the body: its kind is paragraph, figure, heading or list');

const byline = z
  .strictObject({
    text: z.string().describe('The byline as it is printed: “Xin et al. [NVIDIA]”; may be empty'),
    authors: z.array(z.string().min(1).describe('A name')).describe('The authors it names'),
    etAl: z.boolean().describe('true where it says “et al.”: there are more authors'),
    organizations: z
      .array(z.string().min(1).describe('A name'))
      .describe('Where the authors work, as the byline names it'),
  })
  .describe('Who wrote the paper');

const ownText = z
  .record(
    z
      .string()
      .regex(/^[a-z]+$/)
      .describe('A platform: bluesky, discord, mastodon, x, linkedin, text or html'),
    z
      .string()
      .min(1)
      .describe('Paragraphs of CommonMark inline; a line of --- begins another post'),
  )
  .describe('An editor’s own words in place of the posts that Paperboy writes, by platform');

const paper = z
  .strictObject({
    slug: z
      .string()
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      .describe(
        'The paper’s address within the issue: lower-case ASCII words and numbers joined by hyphens, no two alike',
      ),
    title: z.string().min(1).describe('The title, plain text'),
    byline,
    likes: likes.optional(),
    topics: z
      .array(z.string().min(1).describe('A topic'))
      .describe('What it is about, as readers follow it: “Quantization”'),
    pick: z.boolean().describe('true for the editor’s pick'),
    url: webUrl.optional().describe('The paper itself, an http(s) address'),
    body: z.array(block).describe('The text about the paper, in its order'),
    ownText: ownText.optional(),
  })
  .describe('A paper');

const news = z
  .strictObject({
    likes: likes.optional(),
    text: inline,
    figures: z.array(figure).describe('The images that belong to it'),
  })
  .describe('A line of industry news');

const promotion = z
  .strictObject({
    title: z.string().describe('Its heading, plain text; may be empty'),
    text: z.string().describe('Its words, plain text'),
  })
  .describe('An advertisement of the newsletter: kept, never posted');

const period = z
  .strictObject({
    start: isoDate.describe('The first day, YYYY-MM-DD'),
    end: isoDate.describe('The last day, YYYY-MM-DD, not before the first'),
  })
  .describe('The days that the issue covers')
  .refine(({ start, end }) => start <= end, {
    path: ['end'],
    error: 'must not be before the start of the period',
  });

/** The shape of an issue, as `--json` prints it and the archive keeps it. */
export const issueSchema = z
  .strictObject({
    number: z.int().positive().describe('The number of the issue: 93 for #93'),
    title: z.string().min(1).describe('The title of the issue, plain text'),
    subtitle: z.string().min(1).optional().describe('What stands under the title, plain text'),
    period,
    url: webUrl.optional().describe('The page of the issue, an http(s) address'),
    news: z.array(news).describe('The industry news, one line each'),
    papers: z.array(paper).describe('The papers, in the order of the issue'),
    promotions: z.array(promotion).describe('Advertisements, which are never posted'),
    ownText: ownText.optional().describe('The same for the digest of the issue, by platform'),
  })
  .describe('An issue of a research newsletter, as Paperboy keeps it')
  .superRefine(({ papers }, context) => {
    const seen = new Set<string>();
    for (const [index, { slug }] of papers.entries()) {
      if (seen.has(slug)) {
        const path = ['papers', index, 'slug'];
        context.addIssue({
          code: 'custom',
          path,
          message: 'must be its own: another paper has it',
        });
      }
      seen.add(slug);
    }
  });

export type Issue = z.infer<typeof issueSchema>;
export type Paper = z.infer<typeof paper>;
export type News = z.infer<typeof news>;
export type Block = z.infer<typeof block>;
export type Figure = z.infer<typeof figure>;
export type Byline = z.infer<typeof byline>;
export type Promotion = Issue['promotions'][number];
export type Period = Issue['period'];
