import type { BotVoice } from './bot-voice.ts';
import { editorDe } from './editor-de.ts';
import { followDe } from './follow-de.ts';

const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

/** German. */
export const de: BotVoice = {
  language: 'de',
  locales: ['de'],
  commands: {
    paper: {
      name: 'paper',
      description: 'Ein Paper nach Titel, Thema, Einrichtung oder Namen finden',
    },
    latest: { name: 'neueste', description: 'Die neueste Ausgabe und ihre Papers' },
    issue: { name: 'ausgabe', description: 'Eine Ausgabe nach ihrer Nummer' },
    news: { name: 'nachrichten', description: 'Das Neueste aus der Branche, je eine Zeile' },
    search: { name: 'suche', description: 'Alles durchsuchen, was im Newsletter stand' },
    topics: { name: 'themen', description: 'Alle Themen und die Papers dazu' },
    catchup: { name: 'aufholen', description: 'Was seit deinem letzten Mal erschienen ist' },
    follow: {
      name: 'abonnieren',
      description: 'Neue Ausgaben in einem Kanal oder per Direktnachricht bekommen',
    },
    following: { name: 'abos', description: 'Was hier und von dir abonniert ist' },
    unfollow: { name: 'abbestellen', description: 'Ein Abo beenden' },
    random: { name: 'zufall', description: 'Ein zufälliges Paper aus dem Archiv' },
    about: { name: 'über', description: 'Was dieser Bot ist und was er kennt' },
    help: { name: 'hilfe', description: 'Was du fragen kannst' },
    'find-this-paper': {
      name: 'Dieses Paper finden',
      description: 'Das Paper finden, um das es in einer Nachricht geht',
    },
  },
  options: {
    query: { name: 'anfrage', description: 'Wörter aus Titel oder Text, ein Name oder ein Link' },
    number: { name: 'nummer', description: 'Die Nummer der Ausgabe' },
    topic: { name: 'thema', description: 'Nur Papers zu diesem Thema' },
    organization: { name: 'einrichtung', description: 'Nur Papers aus dieser Einrichtung' },
    from: { name: 'von', description: 'Die erste Ausgabe, in der gesucht wird' },
    to: { name: 'bis', description: 'Die letzte Ausgabe, in der gesucht wird' },
    pick: { name: 'tipp', description: 'Nur Tipps der Redaktion' },
    where: { name: 'wo', description: 'Wohin es kommt: dieser Kanal, ein Forum oder nur zu dir' },
    forum: { name: 'forum', description: 'Das Forum: jedes Paper bekommt dort einen Beitrag' },
    what: { name: 'was', description: 'Papers, Übersichten oder Nachrichten' },
    how: { name: 'wie', description: 'Jedes Paper für sich oder eine Übersicht je Ausgabe' },
    role: { name: 'rolle', description: 'Eine Rolle, die je Ausgabe einmal gepingt wird' },
    follow: { name: 'abo', description: 'Was beendet werden soll' },
    private: { name: 'privat', description: 'Die Antwort nur dir zeigen' },
  },

  news: 'Nachrichten',
  older: 'Ältere',
  newer: 'Neuere',
  another: 'Noch eines',
  allTopics: 'Alle Themen',
  openPaper: 'Ein Paper öffnen …',
  openTopic: 'Ein Thema öffnen …',
  issue: (number) => `Ausgabe #${number}`,
  otherMatches: (found) => `${count(found, 'weiterer Treffer', 'weitere Treffer')} …`,
  otherPapers: (number) => `Die Papers der Ausgabe #${number} …`,
  pageOf: (page, pages) => `Seite ${page} von ${pages}`,

  kinds: { topic: 'Thema', organization: 'Einrichtung', author: 'Name' },
  countPapers: (papers) => count(papers, 'Paper', 'Papers'),
  countIssues: (issues) => count(issues, 'Ausgabe', 'Ausgaben'),
  countTopics: (topics) => count(topics, 'Thema', 'Themen'),

  topics: 'Themen',
  results: (found, query) =>
    query === '' ? `${found} Treffer` : `${found} Treffer für „${query}“`,
  papersOn: (topic) => `Papers zu ${topic}`,
  missed: (from, to) =>
    from === to ? `Neu in Ausgabe #${to}` : `Neu in den Ausgaben #${from} bis #${to}`,
  picksOnly: 'Tipps der Redaktion',
  range(from, to) {
    if (from === undefined) return `bis #${to}`;
    return to === undefined ? `ab #${from}` : from === to ? `#${from}` : `#${from} bis #${to}`;
  },

  noIssue: 'Noch ist keine Ausgabe da. Schau nach der nächsten wieder herein.',
  noSuchIssue: (number, newest) =>
    `Eine Ausgabe #${number} gibt es nicht. Die neueste ist #${newest}.`,
  noNews: (number) => `In Ausgabe #${number} stehen keine Nachrichten.`,
  nothingFound(query, filters) {
    const where = filters.length === 0 ? '' : ` (${filters.join(' · ')})`;
    return query === '' ? `Nichts zu finden${where}.` : `Nichts zu „${query}“ zu finden${where}.`;
  },
  foundElsewhere: (found) => `Ohne diese Auswahl: ${found} Treffer.`,
  near: (names) => `Ähnlich: ${names}`,
  noTopic: (topic) => `Kein Paper hat das Thema „${topic}“. Alle Themen zeigt /themen.`,
  noOrganization: (name) => `Kein Paper kommt aus einer Einrichtung „${name}“.`,
  noTopics: 'Noch hat kein Paper ein Thema.',
  badRange: 'Die erste Ausgabe darf nicht nach der letzten kommen.',
  gone: (number) => `Das steht nicht mehr in Ausgabe #${number}: Sie wurde seither überarbeitet.`,
  noPaperInMessage:
    'Diese Nachricht nennt keines unserer Papers: weder Link noch Nummer noch Titel.',
  perhaps: 'Das könnte es sein:',
  upToDate: (number) => `Du hast alles gesehen: Seit Ausgabe #${number} ist nichts erschienen.`,
  firstCatchUp:
    'Schön, dass du da bist. Das ist die neueste Ausgabe; beim nächsten Mal siehst du, was danach kam.',
  stale: (command) =>
    `Das gehört zu einer älteren Nachricht und geht nicht mehr. Frag noch einmal mit ${command}.`,
  unknownCommand: 'Diesen Befehl gibt es nicht mehr. Tippe /, um zu sehen, was es gibt.',
  cooldown: (seconds) =>
    `Das war schnell. Frag bitte in ${count(seconds, 'Sekunde', 'Sekunden')} noch einmal.`,
  failed: (errorId) =>
    `Das ist leider bei uns schiefgegangen. Bleibt es dabei, sag dem Team: ${errorId}.`,
  stopping: 'Ich werde gerade neu gestartet. Frag gleich noch einmal.',

  follow: followDe,
  editor: editorDe,

  aboutTitle: 'Über diesen Bot',
  about: ({ issues, papers, newest }) => [
    'Er kennt jedes Paper, über das der Newsletter geschrieben hat, und schlägt es für dich nach.',
    newest === undefined
      ? 'Das Archiv ist noch leer.'
      : `Im Archiv: ${papers} in ${issues}, bis #${newest}.`,
    'Er liest keine Nachrichten außer denen, auf die du ihn hinweist, stört niemanden ungefragt und merkt sich von dir nur, bis zu welcher Ausgabe du aufgeholt hast, unter einem Code statt deines Namens, und was du abonnierst.',
  ],
  helpTitle: 'Was du fragen kannst',
  help: [
    'Anführungszeichen halten Wörter zusammen, Tippfehler machen nichts, und Abkürzungen werden verstanden: „MoE“, RL, distilation.',
    'Papers, Ausgaben und Suchen erscheinen im Kanal, mit privat: True nur bei dir. Aufholen, Abos und diese Hilfe siehst nur du.',
    'Im Menü einer Nachricht schlägt unter Apps Dieses Paper finden nach, worum es darin geht.',
  ],
};
