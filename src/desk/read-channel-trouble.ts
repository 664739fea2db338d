/**
 * Why a channel takes nothing, for who may put that right. `unseen`: the bot is not in the server any
 * more, or does not see the channel; Discord says the same of both. `direct`: a member’s direct
 * messages are closed.
 */
export type ChannelTrouble = 'rights' | 'unseen' | 'gone' | 'direct' | 'other';

/* https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const TROUBLES: ReadonlyMap<string, ChannelTrouble> = new Map([
  ['10003', 'gone'],
  ['10004', 'unseen'],
  ['50001', 'unseen'],
  ['50007', 'direct'],
  ['50013', 'rights'],
]);

/** Reads it from the reason of a pause or a refusal, which ends with Discord’s code. */
export function readChannelTrouble(reason: string): ChannelTrouble {
  const [, code = ''] = /\((\d+)\)$/.exec(reason) ?? [];
  return TROUBLES.get(code) ?? 'other';
}
