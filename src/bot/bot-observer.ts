/**
 * What became of an interaction: answered; answered with a word of regret, as the command failed;
 * not in the time that Discord gives; or not at all.
 */
export type AnswerOutcome = 'answered' | 'failed' | 'late' | 'unanswered';

/** Is told what the bot does, to count it. Nothing that a member wrote is among it. */
export type BotObserver = {
  /** The gateway serves the bot; also said where it did so before. */
  online(): void;
  /** It does not, for now or as the bot ends; also said where it did not before. */
  offline(): void;
  /** Discord will not have the bot, which does not try again. */
  refused(): void;
  /** Of an interaction, once it is over: "paper", "paper.suggest", "paper.press", "unknown.press". */
  answered(command: string, outcome: AnswerOutcome, elapsedMs: number): void;
};
