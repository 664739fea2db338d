import type { DecisionVerb, EditorVoice } from './editor-voice.ts';

const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

const VERBS: { readonly [Verb in DecisionVerb]: string } = {
  approve: 'freigegeben',
  hold: 'angehalten',
  release: 'weitergelassen',
  arrange: 'umgeordnet',
  edit: 'geändert',
  post: 'gepostet',
  correct: 'berichtigt',
};

/** German. */
export const editorDe: EditorVoice = {
  commands: {
    post: {
      name: 'posten',
      description: 'Paper, Übersicht oder Nachrichten posten, jetzt oder zu einer Zeit',
    },
    preview: { name: 'vorschau', description: 'Einen Entwurf sehen, genau wie er gepostet wird' },
    queue: {
      name: 'plan',
      description: 'Was in den nächsten vier Wochen hinausgeht, was wartet, und was angehalten ist',
    },
    approve: {
      name: 'freigeben',
      description: 'Was über eine Ausgabe zu entscheiden ist; oder eines daraus freigeben',
    },
    hold: { name: 'anhalten', description: 'Etwas zurückhalten, oder es weiterlassen' },
    retract: { name: 'zurücknehmen', description: 'Gepostetes zurücknehmen' },
    correct: { name: 'berichtigen', description: 'Gepostetes durch die neuesten Worte ersetzen' },
    status: { name: 'stand', description: 'Wie es steht, und was einen Menschen braucht' },
  },
  options: {
    issue: { name: 'ausgabe', description: 'Die Nummer der Ausgabe' },
    item: { name: 'eintrag', description: 'Ein Paper, die Übersicht oder die Nachrichten' },
    to: { name: 'ziel', description: 'Nur ein einziges Ziel' },
    at: {
      name: 'zeit',
      description: 'Wann, in der Zeitzone des Zeitplans: 09:00 oder 2026-11-23 09:00; sonst jetzt',
    },
    release: { name: 'weiterlassen', description: 'Weiterlassen statt anhalten' },
    how: { name: 'wie', description: 'Auf welche Art, wo ein Ziel die Wahl lässt' },
    words: { name: 'worte', description: 'Was eine Antwort sagt' },
  },
  how: {
    edit: 'die Posts an Ort und Stelle ändern',
    repost: 'den Thread löschen und neu posten',
    reply: 'ihn stehen lassen und darauf antworten',
  },

  refused:
    'Das ist für die Redaktion des Newsletters, auf ihrem eigenen Server: für Mitglieder mit einer der Rollen, die dafür eingerichtet sind. Frag jemanden von ihnen, oder wer Paperboy betreibt.',
  unconfigured: 'Im Moment ist keine Redaktion eingerichtet. Wer Paperboy betreibt, kann das tun.',
  gone: 'Das steht nicht mehr im Archiv.',
  placeGone: 'Dieses Ziel ist nicht mehr eingerichtet. Nichts wurde getan.',
  slowForm: 'Das hat zu lange gedauert, um das Formular zu öffnen. Drück noch einmal.',
  changed: (number, revision) =>
    `#${number} wurde seither geändert: Das ist Revision ${revision}. Nichts wurde entschieden. Sieh es dir an, wie es jetzt ist, und entscheide noch einmal.`,
  whatChanged: (names) => `Seither anders: ${names}`,

  boardTitle: (number, title) => `Ausgabe #${number}: ${title}`,
  findings: (warnings, notes) =>
    `🔎 ${count(warnings, 'Zweifel', 'Zweifel')} und ${count(notes, 'Hinweis', 'Hinweise')} beim Einlesen.`,
  atLine: (line) => `Zeile ${line}`,
  noFindings: '🔎 Beim Einlesen fiel nichts auf.',
  asksAlways: '✋ Nichts geht von selbst hinaus, ehe es jemand von der Redaktion freigibt.',
  asksNever: '▶️ Es geht zu diesen Zeiten von selbst hinaus. Was ihr anhaltet, nicht.',
  asksUntil: (when) => `⏳ Worüber niemand entscheidet, gibt sich ${when} von selbst frei.`,
  asksFor: (hours) =>
    `⏳ Worüber niemand entscheidet, gibt sich nach ${count(hours, 'Stunde', 'Stunden')} Stille von selbst frei.`,
  allDecided: '✅ Alles ist entschieden.',
  allHeld: '⏸️ Alles ist angehalten; nichts geht hinaus.',
  allSent: '🏁 Alles ist draußen.',
  closed: '💤 Diese Nachricht wird nicht mehr nachgeführt. Siehe /stand und /plan.',
  superseded: (number, revision) =>
    `#${number} wurde berichtigt: Es gibt Revision ${revision}, mit Worten, die niemand freigegeben hat. Eine neuere Nachricht fragt danach.`,
  more: (n) => `… und ${n} weitere`,
  nothingPlanned: 'noch keine Zeit',
  noSlot: 'hat keinen Termin',
  queuedBefore: (when) => `vorher eingereiht, geht hinaus ${when}`,
  lastDecision: (verb, who) =>
    verb === undefined ? `Zuletzt: ${who}` : `Zuletzt: ${VERBS[verb]} von ${who}`,
  silence: (hours) => `${count(hours, 'Stunde', 'Stunden')} Stille`,

  waits: '🟡 wartet auf Freigabe',
  ready: '🟢 geht von selbst hinaus',
  approvedBy: (who, when) => `✅ freigegeben von ${who}, ${when}`,
  heldBy: (who, when) => `⏸️ angehalten von ${who}, ${when}`,
  digest: 'Übersicht',
  news: 'Nachrichten',

  state: {
    sent: 'gepostet',
    held: 'angehalten',
    underWay: 'unterwegs',
    refused: 'abgelehnt, braucht einen Menschen',
    cancelled: 'abgesagt',
    retracted: 'zurückgenommen',
  },
  ifApproved: 'falls freigegeben',
  orThen: (when = 'später') => `oder ${when}, falls bis dahin freigegeben wird, was davor wartet`,
  makesUp: 'für versäumte Termine',
  isPaused: 'sobald der Ort nicht mehr angehalten ist',

  approveAll: 'Alles freigeben',
  holdAll: 'Alles anhalten',
  releaseAll: 'Alles weiterlassen',
  showAll: (n) => `Alle ${n} Einträge`,
  showFindings: (n) => (n === 1 ? 'Was beim Einlesen auffiel' : `Alle ${n} Befunde`),
  reorder: 'Umordnen',
  look: 'Einen Entwurf ansehen …',
  approve: 'Das freigeben',
  edit: 'Ändern',
  hold: 'Anhalten',
  release: 'Weiterlassen',
  postNow: 'Jetzt posten',
  yesPost: 'Ja, hier posten',
  yesPostEverywhere: 'Ja, überall',
  yesRetract: 'Ja, zurücknehmen',
  yesCorrect: 'Ja, berichtigen',
  no: 'Nein',
  editAgain: 'Weiter ändern',
  back: 'Zurück zum Entwurf',
  choosePaper: 'Ein Paper zum Verschieben wählen …',
  first: 'Zuerst',
  earlier: 'Früher',
  later: 'Später',
  posts: (from, to, of) => `Posts ${from === to ? from : `${from} bis ${to}`} von ${of}`,
  itemOf: (place, all) => `${place} von ${all}`,

  approvedNow: (n) => `✅ Freigegeben: ${count(n, 'Eintrag', 'Einträge')}.`,
  heldNow: (n) => `⏸️ Angehalten: ${count(n, 'Eintrag', 'Einträge')}.`,
  releasedNow: (n) => `▶️ Weitergelassen: ${count(n, 'Eintrag', 'Einträge')}.`,
  approvedBefore: (who, when) => `${who} war schneller: freigegeben ${when}.`,
  heldBefore: (who, when) => `${who} war schneller: angehalten ${when}.`,
  decidedSince: (name, said) => `${name}: ${said}`,
  wasHeld: (who, when) => `${who} hatte es angehalten, ${when}: Das lässt es weiter.`,
  lookAgain:
    'Das war, seit du es gesehen hast, und darüber wurde nichts entschieden. Sieh es dir an, wie es jetzt ist.',
  stillHeld: (n, issue) =>
    `⏸️ ${count(n, 'Eintrag bleibt', 'Einträge bleiben')} angehalten. Weiterlassen: /anhalten ausgabe:${issue} weiterlassen:True`,
  digestNames: (titles) =>
    `⚠️ Die Übersicht nennt weiter ${titles}. Halte auch sie an, oder ändere sie.`,
  dropped: (issue, titles) =>
    `⚠️ Der Rest von #${issue} entfällt damit (rest: drop) und hat keinen Termin mehr: ${titles}.`,
  nothingToDecide: 'Es war nichts mehr zu entscheiden.',
  askPost: (place) => `Jetzt posten? Auf ${place} geht es gleich hinaus.`,
  askPostApproves:
    'Das gibt es für jedes Ziel frei: An den anderen geht es zu seiner eigenen Zeit hinaus.',
  askPostHeld: (who, when) =>
    `⏸️ ${who} hält es an, ${when}. Es zu posten lässt es für jedes Ziel weiter.`,
  releaseFirst: (issue) =>
    `Nichts wurde getan. Lass es erst weiter: /anhalten ausgabe:${issue} eintrag:… weiterlassen:True`,
  askRetract: (n) =>
    `${count(n, 'Lieferung', 'Lieferungen')} zurücknehmen? Likes und Antworten gehen mit den Posts.`,
  askCorrect: (n) =>
    `${count(n, 'Lieferung', 'Lieferungen')} berichtigen? Das tritt an die Stelle des Geposteten:`,
  posted: {
    queued: 'geht jetzt hinaus',
    already: 'ist schon da oder unterwegs; es wird nicht zweimal gepostet',
    left: 'bleibt, wie jemand es wollte: angehalten, abgesagt oder zurückgenommen',
  },
  dueAt: (when, wall) => `geht ${when} hinaus (${wall})`,
  nothingToRetract: 'Davon wurde nichts gepostet, und nichts ist eingereiht.',
  nothingToCorrect: 'Davon wurde nichts gepostet, also ist nichts zu berichtigen.',

  editTitle: (places) => `Deine Worte auf ${places}`,
  editLabel: 'Was gepostet wird',
  editHint: 'Eine Zeile --- beginnt einen neuen Post. Leer: wieder die Worte von Paperboy.',
  edited: (revision) => `✏️ Behalten als Revision ${revision}.`,
  editedBack: '✏️ Es hat wieder die Worte von Paperboy.',
  editSame: '✏️ Es geht schon in diesen Worten hinaus. Nichts wurde behalten.',
  ownWords: (places) => `✏️ In eigenen Worten der Redaktion. Sie gelten für: ${places}`,
  misfit: 'Das passt nicht, und nichts wurde behalten:',
  editOvertaken:
    'Die Ausgabe wurde geändert, während du geschrieben hast, und nichts wurde behalten. Vergleiche, und sende deine Worte dann noch einmal.',
  yourWords: 'Deine Worte stehen unten.',
  tooLongForForm: (length, command) =>
    `Es hat ${length} Zeichen, und ein Formular von Discord fasst 4000. Auf der Kommandozeile: ${command}`,
  noOwnWords:
    'Nur Papers und die Übersicht haben eigene Worte. Berichtige die Nachrichten in der Ausgabe.',

  orderTitle: 'In dieser Reihenfolge',
  orderHint: 'Sie gilt an jedem Ziel, was immer der Zeitplan sagt.',
  orderChanged: '↕️ Verschoben.',

  queueTitle: 'Die nächsten vier Wochen',
  queueEmpty: 'Nichts ist geplant, und nichts wartet.',
  noSlotFor: (count, issue, place) =>
    `⏭️ ${count} aus #${issue} ${count === 1 ? 'findet' : 'finden'} auf ${place} in den nächsten vier Wochen keinen Termin`,
  statusTitle: 'Wie es steht',
  nothingNeeds: '✅ Nichts braucht einen Menschen.',
  needsPerson: 'Braucht einen Menschen',
  paused: (place, reason) => `${place} ist angehalten: ${reason}`,
  underWay: 'Unterwegs',
  next: 'Als Nächstes',
  sentLately: 'Zuletzt gepostet',
  held: 'Angehalten',
  waiting: 'Wartet auf Freigabe',
};
