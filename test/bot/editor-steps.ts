import { expect } from 'vitest';
import type { Handle, Reply } from '../fakes/discord/interactions-handle.ts';
import { objectsOf, textOf } from '../fakes/discord/json.ts';
import type { StoredMessage } from '../fakes/discord/message.ts';
import { makeIssue } from '../support/make-issue.ts';
import { ADA, type EditorRig, findControl, findValue, makeEditorRig } from './editor-rig.ts';

export const PAPERS = ['Alpha', 'Beta', 'Gamma', 'Delta'];

export const needMessage = ({ message }: Reply): StoredMessage => {
  if (message === undefined) throw new Error('there is no message');
  return message;
};

/** An issue is imported, and the editors are asked about it. */
export async function startAsked(
  parts: Parameters<typeof makeEditorRig>[0] = {},
): Promise<EditorRig> {
  const rig = await makeEditorRig(parts);
  await rig.start();
  await importIssue(rig);
  await rig.tick();
  return rig;
}

export async function importIssue(
  { desk }: EditorRig,
  parts: Parameters<typeof makeIssue>[0] = {},
): Promise<void> {
  const options = { findings: [], isSample: false, isRevision: true, isApproved: false };
  const issue = makeIssue({ papers: PAPERS, ...parts });
  await desk.archive.save(issue, { ...options, at: desk.clock.now() });
}

/** Opens the draft of an item from the message in the channel. */
export async function look(
  { discord, board }: EditorRig,
  words: string,
  by = ADA,
): Promise<StoredMessage> {
  const menu = findControl(board(), 'preview:1:m');
  const reply = await discord.dispatch
    .select(board(), menu, [findValue(board(), words)], by)
    .reply();
  expect(reply).toMatchObject({ type: 4, isEphemeral: true });
  return needMessage(reply);
}

export async function press(
  { discord }: EditorRig,
  message: StoredMessage,
  start: string,
  by = ADA,
): Promise<Reply> {
  return discord.dispatch.press(message, findControl(message, start), by).reply();
}

/** Opens the form over a draft: what stands in it, and how to send it. */
export async function openForm(
  { discord }: EditorRig,
  message: StoredMessage,
  start = 'preview:1:e',
): Promise<{ handle: Handle; reply: Reply; value: string }> {
  const handle = discord.dispatch.press(message, findControl(message, start), ADA);
  const reply = await handle.reply();
  expect(reply.type).toBe(9);
  const [label] = objectsOf(reply.modal?.components);
  const input = label?.component as { value?: string } | undefined;
  return { handle, reply, value: textOf(input?.value) };
}
