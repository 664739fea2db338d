import type { EditorAsk, EditorCommand, Pressed } from '../../commands/command.ts';
import { editorCommands } from '../../commands/editors/index.ts';
import { readCustomId } from '../../commands/parts/custom-id.ts';
import type { Approval } from '../../src/desk/approval/judge-item.ts';
import { type EditorDesk, seatEditor } from '../../src/desk/editor-desk.ts';
import type { Finding } from '../../src/issue/finding.ts';
import type { Issue } from '../../src/issue/schema.ts';
import type { Publisher } from '../../src/publishers/publisher.ts';
import { BLUESKY, DISCORD, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

export type TestEditorDesk = EditorDesk & TestDesk;

/** A desk for editors over a database of its own, with these issues, of which nothing is decided. */
export async function makeEditorDesk(
  issues: readonly Issue[],
  findings: readonly Finding[] = [],
  parts: { readonly approval?: Approval; readonly publisher?: Publisher } = {},
): Promise<TestEditorDesk> {
  const desk = makeTestDesk(makeTempDatabase(), {
    scheduled: [BLUESKY, DISCORD],
    approval: { kind: 'always' },
    ...parts,
  });
  const options = { findings, isSample: false, isRevision: true, isApproved: false };
  for (const issue of issues) {
    await desk.archive.save(issue, { ...options, at: desk.clock.now() });
  }
  const editors = { guildId: '1', channelId: '2', roles: ['3'], users: [] };
  return { ...desk, editors };
}

/** A question by an editor. */
export function makeEditorAsk(
  desk: EditorDesk,
  options: EditorAsk['options'] = {},
  { locale = 'en-US', username = 'ada' } = {},
): EditorAsk {
  const asker = {
    userId: '723456789012345601',
    username,
    roles: ['3'],
    guildId: '1',
    channelId: '2',
    mayManageServer: false,
    locale,
  };
  return { desk: seatEditor(desk, asker), asker, options };
}

export function findEditorCommand(name: string): EditorCommand {
  const found = editorCommands.find(({ definition }) => definition.name === name);
  if (found === undefined) throw new Error(`There is no command ${name}`);
  return found;
}

/** Uses a button or a menu. */
export async function useControl(
  ask: EditorAsk,
  customId: string,
  values: readonly string[] = [],
  texts: readonly string[] = [],
): Promise<Pressed | undefined> {
  const id = readCustomId(customId);
  if (id === undefined) throw new Error(`${customId} is no custom id`);
  const { command, state } = id;
  return findEditorCommand(command).press?.(ask, { state, values, texts, isOwn: true });
}
