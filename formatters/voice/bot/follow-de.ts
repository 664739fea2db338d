import type { FollowVoice } from './follow-voice.ts';

/** German. */
export const followDe: FollowVoice = {
  subcommands: {
    topic: { name: 'thema', description: 'Bekommen, was es zu einem Thema Neues gibt' },
    everything: { name: 'alles', description: 'Alles aus jeder neuen Ausgabe bekommen' },
  },
  where: { here: 'dieser Kanal', forum: 'ein Forum', direct: 'Direktnachricht' },
  what: { papers: 'Papers', digests: 'Übersichten', news: 'Nachrichten' },
  how: { each: 'jedes für sich', weekly: 'eine Übersicht je Ausgabe' },

  followed: 'Abonniert',
  changed: 'Geändert',
  goesOn: 'Es geht weiter',
  unchanged: 'Schon abonniert',
  title: 'Was abonniert ist',
  everything: 'Alles',
  stopOne: 'Ein Abo beenden …',
  here: 'dieser Kanal',
  directMessage: 'Direktnachricht',

  each: 'jedes Paper für sich',
  weekly: 'eine Übersicht jeder Ausgabe',
  news: 'die Nachrichten jeder Ausgabe',
  fromNextIssue: 'Es beginnt mit der nächsten Ausgabe; Älteres kommt nicht.',
  newestComes:
    'Was pausiert war, geht weiter: Von dem, was inzwischen erschienen ist, kommt jetzt die neueste Ausgabe.',
  nothingChanged: 'Es hat sich nichts geändert.',
  whatChanged: (parts) => `Geändert hat sich: ${parts}.`,
  parts: { how: 'wie es kommt', role: 'die Rolle' },
  dropRole: 'Soll niemand mehr gepingt werden, beende es mit /abbestellen und abonnier es neu.',
  inLanguage: (language) => `Die festen Wörter der Beiträge sind auf ${language}.`,
  pings: (role) =>
    `Der erste Beitrag einer Ausgabe pingt ${role}: Dafür muss die Rolle von allen erwähnt werden dürfen, oder der Bot braucht die Berechtigung, alle zu erwähnen.`,
  elsewhere: (channelId) => `Kanal ${channelId}`,
  trouble: {
    rights:
      'Ich darf dort nicht posten. Ich brauche „Kanäle ansehen“, „Nachrichten senden“, „Nachrichten in Threads senden“, „Links einbetten“ und „Nachrichtenverlauf anzeigen“',
    unseen:
      'Ich bin nicht mehr auf diesem Server, oder mir fehlt dort die Berechtigung „Kanäle ansehen“',
    gone: 'Diesen Kanal gibt es nicht mehr',
    direct: 'Deine Direktnachrichten sind für mich geschlossen',
    other: 'Discord nimmt dort keine Beiträge von mir an',
  },
  paused: (reason) => `Pausiert: ${reason}.`,
  howToResume: 'Ist das behoben, geht es mit demselben /abonnieren weiter.',
  stopped: (channel, reason) =>
    `In ${channel} kann ich nichts mehr posten; was du dort abonniert hast, ist pausiert: ${reason}. Ist das behoben, geht es mit demselben /abonnieren weiter; /abbestellen beendet es. Ich erinnere dich nicht noch einmal daran.`,
  ended: (what) => `Das ist beendet: ${what}. Was gepostet ist, bleibt.`,

  none: 'Hier ist noch nichts abonniert. Fang mit /abonnieren an.',
  gone: 'Das ist nicht mehr abonniert, oder du kannst es nicht beenden.',
  notAllowed:
    'Kanäle kann nur einrichten, wer diesen Server verwalten darf. Für dich selbst geht es per Direktnachricht: wo: Direktnachricht.',
  noServer: 'Dafür braucht es einen Server. Hier geht es per Direktnachricht, die niemanden pingt.',
  noForum: 'Welches Forum? Nenn es in der Option forum.',
  forumElsewhere:
    'In einem Forum kommt es nur mit wo: ein Forum an. Lass eine der beiden Angaben weg.',
  notInServer:
    'Ich bin noch nicht auf diesem Server und kann hier nichts posten. Wer ihn verwaltet, kann mich hinzufügen; dann noch einmal /abonnieren.',
  closed:
    'Deine Direktnachrichten sind für mich geschlossen. Erlaub sie in deinen Privatsphäre-Einstellungen oder denen eines gemeinsamen Servers; dann noch einmal /abonnieren.',
  lacksRights: (rights) =>
    `In diesem Kanal kann ich noch nichts posten. Gib mir hier ${rights}; dann noch einmal /abonnieren.`,
  rights: {
    view: '„Kanäle ansehen“',
    send: '„Nachrichten senden“',
    sendInThreads: '„Nachrichten in Threads senden“',
    embed: '„Links einbetten“',
    history: '„Nachrichtenverlauf anzeigen“',
  },
  several: (asked) => `„${asked}“ kann hier mehrere meinen. Wähl unten eines aus.`,
  everybody: 'Diese Rolle sind alle, und alle werden nicht gepingt. Nimm eine andere.',
  newsHaveNoTopics: 'Nachrichten haben kein Thema. Abonnier sie mit /abonnieren alles.',
  unavailable: 'Gerade lässt sich nichts abonnieren, weil von hier aus nichts geliefert wird.',
  fullServer: (most) =>
    `Dieser Server hat so viele Abos, wie gehen: ${most}. Beende erst eines mit /abbestellen.`,
  fullMember: (most) =>
    `Du hast so viele Abos per Direktnachricht, wie gehen: ${most}. Beende erst eines mit /abbestellen.`,
};
