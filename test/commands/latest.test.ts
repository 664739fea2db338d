import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import latest from '../../commands/latest.ts';
import { checkDiscordMessage } from '../../formatters/discord.ts';
import { importToArchive } from '../../src/desk/import.ts';
import { makeIssue } from '../support/make-issue.ts';
import { keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const open = (): TestDesk => makeTestDesk(makeTempDatabase());

test('/latest says that there is nothing yet, and what to do', async () => {
  const reply = await latest.answer(open());

  expect(checkDiscordMessage(reply)).toBeUndefined();
  expect(reply.embeds).toHaveLength(1);
  expect(reply.embeds[0]).toMatchObject({ title: 'No issue yet' });
  expect(reply.allowed_mentions).toEqual({ parse: [] });
});

test('/latest shows the newest sample with every paper of it', async () => {
  const desk = open();
  for (const name of ['issue-093.txt', 'issue-102.txt']) {
    const bytes = readFileSync(new URL(`../../issues/${name}`, import.meta.url));
    await importToArchive(desk, bytes, { isSample: true, year: 2026 });
  }
  const stored = await desk.archive.read(102);

  const reply = await latest.answer(desk);

  const [embed] = reply.embeds;
  expect(checkDiscordMessage(reply)).toBeUndefined();
  expect(embed?.footer.text).toMatch(/^Issue #102 · /);
  const positions = embed?.description.match(/^\*\*\d+\. /gm);
  expect(stored?.issue.papers.length).toBeGreaterThan(0);
  expect(positions).toEqual(stored?.issue.papers.map((_, index) => `**${index + 1}. `));
});

test('/latest pings nobody and renders nothing of what an issue says', async () => {
  const desk = open();
  await keep(
    desk,
    makeIssue({ subtitle: '@everyone **loud** [link](https://x.example)', papers: ['<@1> `x`'] }),
  );

  const reply = await latest.answer(desk);

  expect(reply.allowed_mentions).toEqual({ parse: [] });
  expect(reply.embeds[0]?.description).toContain('\\*\\*loud\\*\\*');
  expect(reply.embeds[0]?.description).not.toMatch(/(?<!\\)\[link|(?<!\\)`x|<@1>/);
});

test('/latest keeps within the limits of a message, with whole papers', async () => {
  const desk = open();
  const papers = Array.from({ length: 60 }, (_, i) => `${i} ${'word '.repeat(40)}`.trim());
  await keep(desk, makeIssue({ title: 'T'.repeat(400), papers }));

  const reply = await latest.answer(desk);

  const description = reply.embeds[0]?.description ?? '';
  expect(checkDiscordMessage(reply)).toBeUndefined();
  expect(description.length).toBeGreaterThan(3500);
  expect(description.split('\n\n').every((part) => part.endsWith('Ito et al.'))).toBe(true);
});
