import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEditable } from '../../commands/editors/parts/edit-form.ts';
import { formatItem, platforms, readDraft } from '../../formatters/index.ts';
import { runAct } from '../../src/cli/act.ts';
import { runApprove } from '../../src/cli/approve.ts';
import type { CliContext, ExitCode } from '../../src/cli/context.ts';
import { type EditOptions, runEdit } from '../../src/cli/edit.ts';
import { runImport } from '../../src/cli/import.ts';
import { runPreview } from '../../src/cli/preview.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { editText } from '../../src/desk/edit-text.ts';
import { findItems } from '../../src/desk/find-items.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { makeTerminal } from './terminal.ts';

type Told = { readonly code: ExitCode; readonly text: string; readonly notes: string };

const GERMAN = { ...BLUESKY, name: 'bluesky-de', key: 'bluesky/nachrichten.test' };
const TEXT = `A Title
Nov 16th ~ Nov 22nd
#7
Alpha
Xu et al. [Lab]
♥ 1.2k Topic
A wholly other paragraph about alpha, which says what the paper has found.
Beta
Xu et al. [Lab]
♥ 1.2k Topic
A paragraph about beta.
`;

async function makeDesk(parts: Parameters<typeof makeTestDesk>[1] = {}): Promise<TestDesk> {
  const made = makeTestDesk(makeTempDatabase(), {
    scheduled: [BLUESKY],
    approval: { kind: 'always' },
    ...parts,
  });
  const desk = {
    ...made,
    destinations: [BLUESKY, GERMAN],
    format: (name: string) => ({ languages: [name === 'bluesky-de' ? 'de' : 'en'] }),
  };
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'] }));
  return desk;
}

async function run(
  desk: Desk,
  command: (context: CliContext) => Promise<ExitCode>,
  input = '',
): Promise<Told> {
  const terminal = makeTerminal(desk, undefined, input);
  const context = { ...terminal.context, openReadingDesk: async () => desk };
  const code = await command(context);
  return { code, text: terminal.read(), notes: terminal.readNotes() };
}

const edit = (desk: Desk, input: string, options: EditOptions = {}, file?: string): Promise<Told> =>
  run(desk, (one) => runEdit(one, '7', file, { paper: 'alpha', to: 'bluesky', ...options }), input);

describe('paperboy edit', () => {
  it('says which destinations the words are for, and so does the preview', async () => {
    const desk = await makeDesk();

    const { code, text } = await edit(desk, 'My words.');
    const json = await edit(desk, 'Other words.', { json: true });
    const preview = await run(desk, (one) => runPreview(one, '7', { to: 'bluesky' }));

    const said =
      'These words are for all of bluesky, in whatever language: bluesky (en) and bluesky-de (de).';
    expect(code).toBe(0);
    expect(text).toContain(`✓ #7 is kept as revision 2.\n`);
    expect(text).toContain(`  ${said}\n`);
    expect(JSON.parse(json.text)).toMatchObject({ destinations: ['bluesky', 'bluesky-de'] });
    expect(preview.text.split(`In an editor’s own words. ${said}\n`)).toHaveLength(2);
  });

  it('says how the item stands afterwards', async () => {
    const desk = await makeDesk();

    const waits = await edit(desk, 'First.');
    await run(desk, (one) => runApprove(one, '7', { paper: 'alpha' }));
    const approved = await edit(desk, 'Second.');
    await run({ ...desk, actor: 'bo' }, (one) => runAct(one, 'hold', '7', { paper: 'alpha' }));
    const held = await edit(desk, 'Third.');

    expect(waits.text).toContain(
      '? It waits for an editor.\n    → paperboy approve 7 --paper alpha\n',
    );
    expect(approved.text).toContain(
      'It is approved: an editor’s own edit of an approved text stays so.\n',
    );
    expect(held.text).toContain(
      '‖ It is held by bo since Mon, Nov 23, 10:00, and goes out nowhere.\n    → paperboy release 7 --paper alpha\n',
    );
  });

  it('keeps nothing of words that go out anyhow, as the preview or as the form has them', async () => {
    const desk = await makeDesk();
    const words = 'Its *A\\** search [B](C) _is_ `fast` & cheap. '.repeat(20);
    const issue = makeIssue({ papers: ['Alpha', 'Beta'] });
    const papers = issue.papers.map((paper) => ({
      ...paper,
      body: [{ kind: 'paragraph' as const, text: words }],
    }));
    await keep(desk, { ...issue, papers });
    const found = await findItems(desk, '7', { paper: 'alpha' });
    const [item] = found.items;
    if (item === undefined) throw new Error('no item');
    const { revision } = found.stored;

    for (const platform of platforms) {
      const basedOn = (await desk.archive.read(7))?.revision ?? 0;
      const format = desk.format(platform);
      const draft = formatItem(item, platform, format);
      const destination = { ...BLUESKY, platform };
      const form = readEditable({ item: { of: item }, destination, format } as never);
      for (const text of [form, form.replaceAll('\n', '\r\n'), readDraft(draft).join('\n---\n')]) {
        const request = { paper: 'alpha', platform, text };
        // As it came from a form; at the command line the words are for each of the destinations.
        const { saved } = await editText(desk, '7', { ...request, basedOn });
        expect([platform, saved]).toEqual([platform, 'unchanged']);
        if (platform !== 'bluesky')
          expect((await editText(desk, '7', request)).saved).toBe('unchanged');
      }
      // Another cut is another text.
      const cut = form.replace(' search ', '\n---\nsearch ');
      if (platform !== 'bluesky') continue;
      const { saved } = await editText(desk, '7', { paper: 'alpha', platform, text: cut });
      expect(saved).toBe('revised');
      await editText(desk, '7', { paper: 'alpha', platform, text: undefined });
    }
    expect((await desk.archive.read(7))?.revision).toBe(revision + 2);
  });

  it('keeps words that go out at one destination alone, as they are for all of the platform', async () => {
    const both = await makeDesk();
    const german = { ...(await makeDesk()), destinations: [GERMAN] };
    const [item] = (await findItems(both, '7', { paper: 'alpha' })).items;
    if (item === undefined) throw new Error('no item');
    const english = readDraft(formatItem(item, 'bluesky', both.format('bluesky'))).join('\n---\n');

    for (const desk of [both, german]) {
      const { saved } = await editText(desk, '7', {
        paper: 'alpha',
        platform: 'bluesky',
        text: english,
      });
      expect(saved).toBe('revised');
    }
  });

  it('says that it has kept nothing', async () => {
    const desk = await makeDesk();
    await edit(desk, 'My words.\n---\nMore.');

    const { code, text } = await edit(desk, '  My words.\r\n\r\n---\r\nMore. \r\n');

    expect(code).toBe(0);
    expect(text).toContain('✓ #7 goes out in these words already. Nothing was kept.\n');
    expect((await desk.archive.read(7))?.revision).toBe(2);
  });

  it.each([
    [{ to: 'folder-x' }, undefined, 'Cannot edit for “folder-x”', 'Name one of: bluesky,'],
    [
      { to: 'bluesky-de' },
      undefined,
      'own words are for a platform, with all its destinations: bluesky and bluesky-de',
      'If they are for all of these, edit with --to bluesky',
    ],
    [
      {},
      'nofile.txt',
      'Cannot read nofile.txt',
      'Check the path, or pipe the text: paperboy edit 7 - --to bluesky < FILE',
    ],
    [
      {},
      undefined,
      'Cannot take these words: there are none',
      'Name a file with them, pipe them in',
    ],
  ] as const)('refuses %j with %s, and says what to do', async (options, file, message, remedy) => {
    const desk = await makeDesk();

    await expect(edit(desk, '', options, file)).rejects.toMatchObject({
      message: expect.stringContaining(message),
      remedy: expect.stringContaining(remedy),
    });
  });
});

describe('paperboy import --revise', () => {
  it('says where an editor’s own words go out in the place of what it changes', async () => {
    const desk = await makeDesk();
    const file = join(makeTempFolder(), 'issue.txt');
    await writeFile(file, TEXT);
    await run(desk, (one) => runImport(one, file, { revise: true }));
    await edit(desk, 'My words.');
    await editText(desk, '7', { platform: 'bluesky', text: 'This week.' });
    await editText(desk, '7', { paper: 'beta', platform: 'mastodon', text: 'Beta!' });
    // More likes are nobody's words.
    await writeFile(file, TEXT.replace('wholly other', 'corrected').replaceAll('1.2k', '1.3k'));

    const { text } = await run(desk, (one) => runImport(one, file, { revise: true }));
    const again = await run(desk, (one) => runImport(one, file, { revise: true, json: true }));

    expect(text).toContain(
      '! On bluesky an editor’s own words go out for Alpha, which this does not change:\n    → paperboy edit 7 FILE --paper alpha --to bluesky\n',
    );
    expect(text).toContain(
      'go out for the digest, which this does not change:\n    → paperboy edit 7 FILE --to bluesky\n',
    );
    expect(text).not.toContain('own words go out for Beta');
    expect(JSON.parse(again.text)).toMatchObject({ saved: 'unchanged', ownWords: [] });
  });
});
