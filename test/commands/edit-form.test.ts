import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pressed } from '../../commands/command.ts';
import { readEditable } from '../../commands/editors/parts/edit-form.ts';
import { readCustomId } from '../../commands/parts/custom-id.ts';
import { makeIssueDigest } from '../../formatters/digest.ts';
import type { FormatOptions } from '../../formatters/draft.ts';
import { formatItem, platforms } from '../../formatters/index.ts';
import { type Item, listItems } from '../../formatters/item.ts';
import type { Issue } from '../../src/issue/schema.ts';
import { findModalProblems } from '../fakes/discord/interactions-rules.ts';
import type { JsonObject } from '../fakes/discord/json.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, DISCORD } from '../support/make-test-desk.ts';
import { findEditorCommand, makeEditorAsk, makeEditorDesk, useControl } from './editor-desk.ts';

/** As long as the word that an editor puts in its place: no cut and no offset is another. */
const WORD = 'zebra';
const OTHER = 'okapi';

const URL = 'https://papers.example/a_b/c*d';

type Label = { readonly component?: { readonly value?: string } };

describe('the form of an item', () => {
  it.each(platforms)(
    'sent back with another word posts that, and nothing else otherwise: %s',
    (platform) => {
      fc.assert(
        fc.property(issues, formats, (issue, format) => {
          const paged = platform === 'text' || platform === 'html';
          // A page sets the lists of a digest otherwise than own words, which know none.
          const items = [...listItems(issue), ...(paged ? [] : [makeIssueDigest(issue)])];
          for (const item of items) {
            const form = open(item, platform, format);

            expect(post(item, platform, { ...format, ownText: form })).toBe(
              post(item, platform, format),
            );
            const changed = form.replaceAll(WORD, OTHER);
            expect(post(item, platform, { ...format, ownText: changed })).toBe(
              post(item, platform, format).replaceAll(WORD, OTHER),
            );
          }
        }),
        { numRuns: 25 },
      );
    },
  );

  it.each(['text', 'html'] as const)('has each line of a digest once: %s', (platform) => {
    const item = makeIssueDigest(withText(makeIssue({ papers: ['Alpha', 'Beta'] }), ['One.']));
    const format = { languages: ['en'] };

    const ownText = open(item, platform, format).replace('Alpha', 'Aleph');
    const posted = post(item, platform, { ...format, ownText });

    for (const words of ['Aleph', 'Beta', 'Papers', 'One of the news']) {
      expect(posted.split(words)).toHaveLength(2);
    }
    expect(posted).not.toContain('&lt;');
  });
});

describe('what the form and the answer to it say', () => {
  const GERMAN = { ...BLUESKY, name: 'bluesky-de', key: 'bluesky/nachrichten.test' };

  it('names all destinations that the words are for', async () => {
    const { ask, open: form, send } = await openAt([BLUESKY, GERMAN]);

    const answer = await send('My words.');
    const other = await useView(ask, 'discord');

    expect(form.modal?.title).toBe('Your words on bluesky, bluesky-de');
    expect(answer.body.content).toContain('✏️ Kept as revision 2.');
    expect(answer.body.content).toContain('which are for: bluesky (en), bluesky-de (de)');
    expect(other.body.content).not.toContain('own words');
  });

  it('has room for names of any length and number', async () => {
    for (const count of [0, 1, 30]) {
      const more = Array.from({ length: count }, (_, n) => ({
        ...GERMAN,
        name: `bluesky-${n}-${'x'.repeat(50)}`,
        key: `bluesky/${n}`,
      }));
      for (const name of ['a', 'b'.repeat(32), '@everyone']) {
        const { open: form, send } = await openAt([{ ...BLUESKY, name }, ...more]);
        expect(findModalProblems(form.modal as unknown as JsonObject)).toEqual([]);
        if (count > 0) expect(form.modal?.title).toMatch(new RegExp(` \\+ ${count}$`));
        expect((await send('Mine.')).body.content?.length).toBeLessThanOrEqual(2_000);
      }
    }
  });

  it.each([
    ['en-US', 'It goes out in these words already. Nothing was kept.'],
    ['de', 'Es geht schon in diesen Worten hinaus. Nichts wurde behalten.'],
  ])(
    'says that nothing was kept of what came back as it was, and leaves the buttons: %s',
    async (locale, said) => {
      for (const places of [[BLUESKY, GERMAN], [DISCORD]]) {
        const { desk, shown, send, words } = await openAt(places, locale);

        const first = await send(words);
        await send('My words.');
        const again = await send(' My words. ');

        expect(first.body.content).toContain(said);
        expect(first.body.components).toEqual(shown.body.components);
        expect(again.body.content).toContain(said);
        expect((await desk.archive.read(7))?.revision).toBe(2);
      }
    },
  );

  async function openAt(places: readonly (typeof BLUESKY)[], locale = 'en-US') {
    const made = await makeEditorDesk([makeIssue({ papers: ['Alpha', 'Beta'] })]);
    const destinations = [...places, ...(places.includes(DISCORD) ? [] : [DISCORD])];
    const format = (name: string): FormatOptions => ({
      languages: [name === 'bluesky-de' ? 'de' : 'en'],
      discord: { layout: 'components' },
    });
    const desk = { ...made, destinations, scheduled: destinations, format };
    const ask = makeEditorAsk(desk, {}, { locale });
    const shown = await useView(ask, places[0]?.name ?? '');
    const form = await useControl(ask, findButton(shown, 'e'));
    const [label] = form?.modal?.components ?? [];
    const words = (label as Label | undefined)?.component?.value ?? '';
    const send = async (text: string): Promise<Pressed> => {
      const now = await useView(ask, places[0]?.name ?? '');
      const state = readCustomId(findButton(now, 'e'))?.state ?? '';
      const command = findEditorCommand('preview');
      const sent = await command.submit?.(ask, { state, fields: { words: text }, isOwn: true });
      if (sent === undefined) throw new Error('the form is not known');
      return sent;
    };
    if (form === undefined) throw new Error('no form was opened');
    return { desk, ask, shown, open: form, words, send };
  }

  async function useView(ask: ReturnType<typeof makeEditorAsk>, to: string): Promise<Pressed> {
    const options = { issue: 7, item: 'paper/alpha', to };
    const shown = await findEditorCommand('preview').answer?.({ ...ask, options });
    if (shown === undefined) throw new Error('nothing is shown');
    return shown;
  }
});

function findButton({ body }: Pressed, letter: string): string {
  const ids = JSON.stringify(body.components).match(/"custom_id":"[^"]+"/g) ?? [];
  const found = ids.find((id) => id.includes(`preview:1:${letter}`));
  return found?.slice('"custom_id":"'.length, -1) ?? '';
}

function open(item: Item, platform: (typeof platforms)[number], format: FormatOptions): string {
  return readEditable({
    item: { of: item },
    destination: { ...BLUESKY, platform },
    format,
  } as never);
}

/** All that goes out, its frame and links as well. */
function post(item: Item, platform: (typeof platforms)[number], format: FormatOptions): string {
  return JSON.stringify(formatItem(item, platform, format).posts);
}

function withText(issue: Issue, texts: readonly string[]): Issue {
  return {
    ...issue,
    url: 'https://letters.example/7?a_b=(c)',
    news: [{ likes: 12, text: `One of the news is a ${WORD} at ${URL}.`, figures: [] }],
    papers: issue.papers.map((paper, index) => ({
      ...paper,
      ...(index === 0 ? { url: URL } : {}),
      likes: 340,
      topics: ['Small models', 'RAG'],
      body: texts.map((text) => ({ kind: 'paragraph', text })),
    })),
  };
}

const odd = fc.constantFrom(
  WORD,
  'works',
  '*finds*',
  '**all**',
  '`code_of`',
  `[it](${URL})`,
  URL,
  '@name',
  '\\*',
  'a_b',
  '[x]',
  '- ',
  '1.',
  '&amp;amp;',
  '<b>',
  '---',
  '$x_1$',

  '😀',
  'is so.',
);
const sentences = fc.array(odd, { minLength: 1, maxLength: 60 });
const issues = fc.array(sentences, { minLength: 1, maxLength: 6 }).map((texts) =>
  withText(
    makeIssue({ papers: ['The *Alpha* [x] of it', 'Beta'] }),
    texts.map((words) => `It ${words.join(' ')} ${WORD}.`),
  ),
);
const formats = fc.record({
  languages: fc.constantFrom(['en'], ['de']),
  length: fc.constantFrom('thread' as const, 'brief' as const, { maxPosts: 2 }),
  counters: fc.boolean(),
  compact: fc.boolean(),
  discord: fc.constantFrom({ layout: 'embeds' } as const, { layout: 'components' } as const),
});
