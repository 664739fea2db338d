/** How the reason begins for which everything of a bot is paused whose token Discord refuses. */
export const TOKEN_REFUSED = 'Discord does not accept the bot token';

/** Whether a place takes nothing for the bot’s sake, not for its own. */
export function isTokenRefused(reason: string): boolean {
  return reason.startsWith(TOKEN_REFUSED);
}
