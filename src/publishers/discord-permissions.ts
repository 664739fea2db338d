/** A right of Discord, named as its settings name it. */
export type Permission = {
  readonly name: string;
  readonly bit: bigint;
  /** What Paperboy needs it for. */
  readonly why: string;
};

/* https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags */
const ADMINISTRATOR = 1n << 3n;
export const VIEW_CHANNEL: Permission = {
  name: 'View Channel',
  bit: 1n << 10n,
  why: 'to see where it posts',
};
export const SEND_MESSAGES: Permission = {
  name: 'Send Messages',
  bit: 1n << 11n,
  why: 'to post, to begin posts of a forum, and to publish its own in an announcement channel',
};
export const EMBED_LINKS: Permission = {
  name: 'Embed Links',
  bit: 1n << 14n,
  why: 'a paper is a card, which Discord calls an embed',
};
export const READ_MESSAGE_HISTORY: Permission = {
  name: 'Read Message History',
  bit: 1n << 16n,
  why: 'to look up what is in place, so that nothing is posted twice',
};
export const MANAGE_THREADS: Permission = {
  name: 'Manage Threads',
  bit: 1n << 34n,
  why: 'to take whole posts of a forum back; without it, their messages alone',
};
export const SEND_IN_THREADS: Permission = {
  name: 'Send Messages in Threads',
  bit: 1n << 38n,
  why: 'to post inside a thread or a post of a forum',
};

/** All that is used anywhere: what an invitation asks for. */
export const INVITED: readonly Permission[] = [
  VIEW_CHANNEL,
  SEND_MESSAGES,
  EMBED_LINKS,
  READ_MESSAGE_HISTORY,
  SEND_IN_THREADS,
  MANAGE_THREADS,
];

/** Discord knows a few dozen; who may do everything may do what comes later too. */
export const ALL_PERMISSIONS: bigint = (1n << 64n) - 1n;

/** Permissions given and taken in a channel, for a role or a member. Digits, as Discord sends them. */
export type Overwrite = { readonly id: string; readonly allow: string; readonly deny: string };

/** What decides about the rights of a member in a channel of a server. */
export type Standing = {
  readonly guildId: string;
  readonly ownerId: string;
  readonly memberId: string;
  /** All of the server; the one of everybody has the server's id. */
  readonly roles: readonly { readonly id: string; readonly permissions: string }[];
  /** The ids of those that the member has. */
  readonly memberRoles: readonly string[];
  /** Of the channel; for a thread, those of the channel that it hangs on. */
  readonly overwrites: readonly Overwrite[];
  /** The member is timed out, and only reads until then. */
  readonly isTimedOut?: boolean;
};

/**
 * What a member may do in a channel, as bits. Channel overwrites come over the server's roles, and
 * the member's own over those of its roles; who may not see a channel may do nothing there.
 * https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
export function computePermissions(standing: Standing): bigint {
  const { guildId, ownerId, memberId, roles, memberRoles, overwrites, isTimedOut } = standing;
  if (memberId === ownerId) return ALL_PERMISSIONS;
  const own = new Set([guildId, ...memberRoles]);
  const base = join(roles.filter(({ id }) => own.has(id)).map(({ permissions }) => permissions));
  if ((base & ADMINISTRATOR) !== 0n) return ALL_PERMISSIONS;
  let granted = base;
  const apply = (chosen: readonly Overwrite[]): void => {
    granted &= ~join(chosen.map(({ deny }) => deny));
    granted |= join(chosen.map(({ allow }) => allow));
  };
  apply(overwrites.filter(({ id }) => id === guildId));
  // What one role is given counts, whatever another of them is denied.
  apply(overwrites.filter(({ id }) => id !== guildId && own.has(id)));
  apply(overwrites.filter(({ id }) => id === memberId));
  if ((granted & VIEW_CHANNEL.bit) === 0n) return 0n;
  return isTimedOut ? granted & (VIEW_CHANNEL.bit | READ_MESSAGE_HISTORY.bit) : granted;
}

/** The rights that are not among those granted. */
export function listMissing(granted: bigint, wanted: readonly Permission[]): Permission[] {
  return wanted.filter(({ bit }) => (granted & bit) === 0n);
}

function join(bits: readonly string[]): bigint {
  return bits.reduce((sum, one) => sum | BigInt(one), 0n);
}
