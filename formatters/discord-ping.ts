import type { DraftFor } from './draft.ts';

/** https://discord.com/developers/docs/reference#snowflakes */
const SNOWFLAKE = /^\d{15,21}$/;
/** https://discord.com/developers/docs/resources/message#allowed-mentions-object */
const ROLES_MOST = 100;

/**
 * The draft with a first message that pings these roles, and nobody else: they are named by their
 * ids in both places, and nothing of the text is read as a mention. Without roles it is as it was.
 * Throws for what is no id, and for a message of components, which has no place for it.
 */
export function pingRoles(
  draft: DraftFor<'discord'>,
  roleIds: readonly string[],
): DraftFor<'discord'> {
  const roles = [...new Set(roleIds)].slice(0, ROLES_MOST);
  const [first, ...others] = draft.posts;
  if (roles.length === 0 || first === undefined) return draft;
  const wrong = roles.find((id) => !SNOWFLAKE.test(id));
  if (wrong !== undefined) throw new Error(`Cannot ping “${wrong}”, which is no role`);
  if (first.components !== undefined) throw new Error('Cannot ping by a message of components');
  const content = roles.map((id) => `<@&${id}>`).join(' ');
  return {
    ...draft,
    posts: [{ ...first, content, allowed_mentions: { parse: [], roles } }, ...others],
  };
}

/** Whether a message pings exactly the roles that it says it does, and says nothing else. */
export function isHonestPing(
  content: string | undefined,
  { roles = [] }: { readonly roles?: readonly string[] },
): boolean {
  const wanted = roles.map((id) => `<@&${id}>`).join(' ');
  return (content ?? '') === wanted && roles.every((id) => SNOWFLAKE.test(id));
}
