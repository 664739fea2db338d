import type { Desk } from './desk.ts';

export type { StoredIssue } from '../archive/issue-reader.ts';
export type { Proposal } from '../archive/proposals.ts';
export type { Delivery } from '../outbox/delivery.ts';

/** Who decides what is posted, and where on Discord they are asked. Ids of Discord. */
export type Editors = {
  readonly guildId: string;
  readonly channelId: string;
  readonly roles: readonly string[];
  readonly users: readonly string[];
};

/** What editors work with on Discord: the verbs of the command line, and who may use them. */
export type EditorDesk = Desk & { readonly editors: Editors };

/** Somebody on Discord, as an interaction tells of them. */
export type Person = {
  readonly userId: string;
  readonly username?: string;
  readonly guildId: string | undefined;
  readonly roles?: readonly string[];
};

const NAME_MOST = 40;

/** Whether somebody is an editor: in the editors’ own server, and named there or with a role of theirs. */
export function isEditor(editors: Editors, { guildId, userId, roles = [] }: Person): boolean {
  if (guildId === undefined || guildId !== editors.guildId) return false;
  return editors.users.includes(userId) || roles.some((role) => editors.roles.includes(role));
}

/** The same desk with somebody at it: what is done is written down as theirs. */
export function seatEditor(desk: EditorDesk, person: Person): EditorDesk {
  return { ...desk, actor: nameEditor(person) };
}

/** "@ada (Discord 1234)": one line of at most 80 characters. */
export function nameEditor({ username = '', userId }: Person): string {
  const name = [
    ...username
      .toWellFormed()
      .replace(/[\s\p{C}]+/gu, ' ')
      .trim(),
  ]
    .slice(0, NAME_MOST)
    .join('')
    .slice(0, NAME_MOST);
  const id = userId.replace(/\D/g, '').slice(0, 20);
  return name === '' ? `Discord ${id}` : `@${name.toWellFormed()} (Discord ${id})`;
}
