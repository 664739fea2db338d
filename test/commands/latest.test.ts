import { expect, test } from 'vitest';
import { makeIssue } from '../support/make-issue.ts';
import { readSampleIssues } from '../support/search-archive.ts';
import { askCommand, findCommand, makeAsk, makeBotDesk, makeSampleDesk } from './bot-desk.ts';
import { listProblems, listUses } from './check-reply.ts';

test('/latest says that there is nothing yet, to the asker alone', async () => {
  const reply = await askCommand(makeBotDesk(), 'latest');

  expect(reply).toMatchObject({ isPrivate: true, body: { embeds: [] } });
  expect(reply.body.content).toContain('no issue yet');
});

test('/latest shows the newest issue, and a menu opens each paper of it', async () => {
  const desk = await makeSampleDesk();

  const { body, isPrivate } = await askCommand(desk, 'latest');

  const newest = readSampleIssues().find(({ number }) => number === 102);
  expect(newest?.papers.length).toBeGreaterThan(0);
  expect(isPrivate).toBe(false);
  expect(listProblems(body)).toEqual([]);
  expect(body.embeds[0]?.footer.text).toMatch(/^Issue #102 · /);
  const opened = listUses(body).filter(({ values }) => values.length > 0);
  expect(opened.map(({ values: [value] }) => value)).toEqual(
    newest?.papers.map(({ slug }) => `102/${slug}`),
  );
  for (const { values } of opened) {
    const press = { state: 'o', values, isOwn: true };
    const pressed = await findCommand('paper').press?.(makeAsk(desk), press);
    const paper = newest?.papers.find(({ slug }) => values[0]?.endsWith(`/${slug}`));

    expect(pressed).toMatchObject({ isNew: true, isPrivate: true });
    expect(pressed?.body.embeds[0]?.title).toBe(paper?.title);
  }
});

test('a step on an issue that is not there says which is the newest', async () => {
  const press = { state: 'o94', values: [], isOwn: true };

  const pressed = await findCommand('issue').press?.(makeAsk(await makeSampleDesk()), press);
  const empty = await findCommand('news').press?.(makeAsk(makeBotDesk()), press);

  expect(pressed).toMatchObject({ isNew: true, isPrivate: true });
  expect(pressed?.body.content).toBe('There is no issue #94. The newest is #102.');
  expect(empty?.body.content).toContain('no issue yet');
});

test('/latest pings nobody and renders nothing of what an issue says', async () => {
  const desk = makeBotDesk();
  await desk.keep([
    makeIssue({ title: '@everyone **loud** [link](https://x.example)', papers: ['<@1> `x`'] }),
  ]);

  const { body } = await askCommand(desk, 'latest');

  const text = `${body.embeds[0]?.title} ${body.embeds[0]?.description}`;
  expect(body.allowed_mentions).toEqual({ parse: [] });
  expect(text).toContain('\\*\\*loud\\*\\*');
  expect(text).not.toMatch(/(?<!\\)\[link|(?<!\\)`x|(?<!\\)<@1>/);
});

test('/latest speaks the asker’s language', async () => {
  const desk = await makeSampleDesk();

  const { body } = await askCommand(desk, 'latest', {}, { locale: 'de' });

  expect(body.embeds[0]?.footer.text).toMatch(/^Ausgabe #102 · /);
  expect(JSON.stringify(body.components)).toContain('Nachrichten');
});
