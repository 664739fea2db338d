import type { Named } from './bot-voice.ts';

/** The commands of editors, by the names that they have in English. */
export type EditorCommandName =
  | 'post'
  | 'preview'
  | 'queue'
  | 'approve'
  | 'hold'
  | 'retract'
  | 'correct'
  | 'status';

/** What is written down of a decision. */
export type DecisionVerb = 'approve' | 'hold' | 'release' | 'arrange' | 'edit' | 'post' | 'correct';

/** The options that they have. */
export type EditorOptionName = 'issue' | 'item' | 'to' | 'at' | 'release' | 'how' | 'words';

/**
 * What editors are told in one language. Instants, names of people and titles come as Markdown that
 * is written already; all else here is plain words of ours without any.
 */
export type EditorVoice = {
  readonly commands: { readonly [Name in EditorCommandName]: Named };
  readonly options: { readonly [Name in EditorOptionName]: Named };
  readonly how: { readonly edit: string; readonly repost: string; readonly reply: string };

  /** To those who are no editors: who may, and where. */
  readonly refused: string;
  readonly unconfigured: string;
  readonly gone: string;
  readonly placeGone: string;
  readonly slowForm: string;
  /** Of an issue that has another revision than the message told of. */
  changed(number: number, revision: number): string;
  /** The same with what has another wording since, by their titles. */
  whatChanged(names: string): string;

  /** The message that asks. */
  boardTitle(number: number, title: string): string;
  findings(warnings: number, notes: number): string;
  readonly noFindings: string;
  /** Where a finding is, in what was imported. */
  atLine(line: number): string;
  readonly asksAlways: string;
  readonly asksNever: string;
  asksUntil(when: string): string;
  asksFor(hours: number): string;
  readonly allDecided: string;
  readonly allHeld: string;
  readonly allSent: string;
  readonly closed: string;
  /** The old message of an issue that has a new one. */
  superseded(number: number, revision: number): string;
  more(count: number): string;
  readonly nothingPlanned: string;
  readonly noSlot: string;
  /** Of what is in the ledger although its item waits for approval. */
  queuedBefore(when: string): string;
  /** What was decided last: "Last: approved by ada". */
  lastDecision(verb: DecisionVerb | undefined, who: string): string;
  /** Who has approved what nobody decided about. */
  silence(hours: number): string;

  /** How an item stands. */
  readonly waits: string;
  readonly ready: string;
  approvedBy(who: string, when: string): string;
  heldBy(who: string, when: string): string;
  readonly digest: string;
  readonly news: string;

  /** How a delivery stands. */
  readonly state: {
    readonly sent: string;
    readonly held: string;
    readonly underWay: string;
    readonly refused: string;
    readonly cancelled: string;
    readonly retracted: string;
  };
  readonly ifApproved: string;
  /** Of a post that goes out later if others do before; undefined for after all that is planned. */
  orThen(when: string | undefined): string;
  /** Of a post that stands for the slots that were missed. */
  readonly makesUp: string;
  /** Of a post whose place waits for a person. */
  readonly isPaused: string;

  /** Buttons and placeholders. */
  readonly approveAll: string;
  readonly holdAll: string;
  readonly releaseAll: string;
  showAll(count: number): string;
  showFindings(count: number): string;
  readonly reorder: string;
  readonly look: string;
  readonly approve: string;
  readonly edit: string;
  readonly hold: string;
  readonly release: string;
  readonly postNow: string;
  readonly yesPost: string;
  readonly yesPostEverywhere: string;
  readonly yesRetract: string;
  readonly yesCorrect: string;
  readonly no: string;
  readonly editAgain: string;
  readonly back: string;
  readonly choosePaper: string;
  readonly first: string;
  readonly earlier: string;
  readonly later: string;
  posts(from: number, to: number, of: number): string;
  itemOf(place: number, count: number): string;

  /** What became of what was asked. */
  approvedNow(count: number): string;
  heldNow(count: number): string;
  releasedNow(count: number): string;
  approvedBefore(who: string, when: string): string;
  heldBefore(who: string, when: string): string;
  /** Of an item that somebody else has decided about since an editor saw it. */
  decidedSince(name: string, said: string): string;
  /** Of what an editor has approved by its name. */
  wasHeld(who: string, when: string): string;
  readonly lookAgain: string;
  /** After all was approved, of what stays held. */
  stillHeld(count: number, issue: number): string;
  /** The digest’s own text names papers that do not go out. */
  digestNames(titles: string): string;
  /** After an approval, of what an older issue had left. */
  dropped(issue: number, titles: string): string;
  readonly nothingToDecide: string;
  askPost(place: string): string;
  readonly askPostApproves: string;
  askPostHeld(who: string, when: string): string;
  releaseFirst(issue: number): string;
  askRetract(count: number): string;
  askCorrect(count: number): string;
  readonly posted: {
    readonly queued: string;
    readonly already: string;
    readonly left: string;
  };
  /** `wall` is the same time with its zone. */
  dueAt(when: string, wall: string): string;
  readonly nothingToRetract: string;
  readonly nothingToCorrect: string;

  /** The form, at most 45 characters each; the title names what the words are for. */
  editTitle(places: string): string;
  readonly editLabel: string;
  /** At most 100 characters. */
  readonly editHint: string;
  edited(revision: number): string;
  readonly editedBack: string;
  /** Nothing was kept. */
  readonly editSame: string;
  /** Of a draft that an editor has written, with the destinations that it is for. */
  ownWords(places: string): string;
  readonly misfit: string;
  readonly editOvertaken: string;
  readonly yourWords: string;
  tooLongForForm(length: number, command: string): string;
  readonly noOwnWords: string;

  readonly orderTitle: string;
  readonly orderHint: string;
  readonly orderChanged: string;

  readonly queueTitle: string;
  readonly queueEmpty: string;
  /** Of items of an issue for which no slot comes at a place in four weeks, or which give way to a newer one. */
  noSlotFor(count: number, issue: number, place: string): string;
  readonly statusTitle: string;
  readonly nothingNeeds: string;
  readonly needsPerson: string;
  paused(place: string, reason: string): string;
  readonly underWay: string;
  readonly next: string;
  readonly sentLately: string;
  readonly held: string;
  readonly waiting: string;
};
