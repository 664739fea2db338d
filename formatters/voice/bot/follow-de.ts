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
  title: 'Was abonniert ist',
  everything: 'Alles',
  stopOne: 'Ein Abo beenden …',
  here: 'dieser Kanal',
  elsewhere: 'ein anderer Kanal',
  directMessage: 'Direktnachricht',

  each: 'jedes Paper für sich',
  weekly: 'eine Übersicht jeder Ausgabe',
  news: 'die Nachrichten jeder Ausgabe',
  fromNextIssue: 'Es beginnt mit der nächsten Ausgabe; Älteres kommt nicht.',
  pings: (role) =>
    `Der erste Beitrag einer Ausgabe pingt ${role}: Dafür muss die Rolle von allen erwähnt werden dürfen, oder der Bot braucht die Berechtigung, alle zu erwähnen.`,
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
  everybody: 'Diese Rolle sind alle, und alle werden nicht gepingt. Nimm eine andere.',
  newsHaveNoTopics: 'Nachrichten haben kein Thema. Abonnier sie mit /abonnieren alles.',
  unavailable: 'Gerade lässt sich nichts abonnieren, weil von hier aus nichts geliefert wird.',
  fullServer: (most) =>
    `Dieser Server hat so viele Abos, wie gehen: ${most}. Beende erst eines mit /abbestellen.`,
  fullMember: (most) =>
    `Du hast so viele Abos per Direktnachricht, wie gehen: ${most}. Beende erst eines mit /abbestellen.`,
};
