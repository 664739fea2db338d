import type { YearIssue, YearPaper } from './make-issues.ts';
import { APPROVALS, inForce } from './places.ts';
import type { Fact } from './run-year.ts';

/*
 * What editors and their issues are at any time, told from what people did alone. Nothing of
 * `src/desk` is called.
 */

export type Lane = 'digest' | 'news' | 'papers';

/** An item that a place might post. */
export type Stock = {
  readonly issue: number;
  readonly item: string;
  readonly lane: Lane;
  readonly position: number;
  readonly isArranged: boolean;
  readonly likes: number;
  readonly pick: boolean;
  readonly standing: 'ready' | 'waits' | 'held';
  /** What its posts say if they are made of it as it is; and on Bluesky, where an editor wrote them. */
  readonly says: string;
  readonly saysOwn: string | undefined;
};

type Standing = Stock['standing'];
type Kept = {
  issue: YearIssue;
  revision: number;
  readonly isOld: boolean;
  readonly verdicts: Map<string, { verdict: 'approved' | 'held'; words: string }>;
  readonly own: Map<string, string>;
  arrangement: readonly string[];
  asked: { revision: number; rule: string; at: Date } | undefined;
  /** Its items as they are now; undefined when something has changed. */
  written: readonly Written[] | undefined;
  decidedAt: Date;
};

export type Newsroom = {
  /** Takes in what happened; a tick lets silence speak. */
  hear(fact: Fact): void;
  /** All that may be posted at a time, but for what is held. */
  list(at: Date): Stock[];
  newest(): number;
  /** Every item that an issue ever had or has, by its last revision. */
  listAll(): {
    readonly issue: number;
    readonly items: readonly Stock[];
    readonly isOld: boolean;
  }[];
  /** The revisions that an issue had. */
  revisionsOf(issue: number): number;
};

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** A newsroom that has heard nothing. */
export function makeNewsroom(): Newsroom {
  const kept = new Map<number, Kept>();
  const find = (number: number): Kept => {
    const one = kept.get(number);
    if (one === undefined) throw new Error(`nobody has heard of issue ${number}`);
    return one;
  };
  const stock = (one: Kept, at: Date): Stock[] => {
    const approval = inForce(APPROVALS, at)?.approval.kind ?? 'never';
    return listItems(one).map(({ words, ...item }): Stock => {
      const known = one.verdicts.get(item.item);
      const isApproved = approval === 'never' || known?.words === words;
      const standing: Standing =
        known?.verdict === 'held' ? 'held' : isApproved ? 'ready' : 'waits';
      return { ...item, standing };
    });
  };
  const decide = (one: Kept, items: readonly string[], verdict: 'approved' | 'held', at: Date) => {
    for (const { item, words } of listItems(one)) {
      const known = one.verdicts.get(item);
      if (!items.includes(item)) continue;
      if (known?.verdict === verdict && known.words === words) continue;
      one.verdicts.set(item, { verdict, words });
      one.decidedAt = at;
    }
  };

  return {
    hear: (fact) => {
      const { at } = fact;
      if (fact.kind !== 'tick') {
        const one = kept.get(fact.kind === 'import' ? fact.issue.number : fact.issue);
        if (one !== undefined) one.written = undefined;
      }
      switch (fact.kind) {
        case 'import': {
          const before = kept.get(fact.issue.number);
          if (before !== undefined) {
            if (fact.saved === 'revised') before.revision += 1;
            before.issue = fact.issue;
            before.written = undefined;
            return;
          }
          kept.set(fact.issue.number, {
            issue: fact.issue,
            revision: 1,
            isOld: at.getTime() - Date.parse(fact.issue.period.end) > 28 * DAY_MS,
            verdicts: new Map(),
            own: new Map(),
            arrangement: [],
            asked: undefined,
            written: undefined,
            decidedAt: new Date(0),
          });
          return;
        }
        case 'approve': {
          const one = find(fact.issue);
          const open = stock(one, at).filter(({ standing }) => standing !== 'held');
          decide(one, fact.items ?? open.map(({ item }) => item), 'approved', at);
          return;
        }
        case 'hold':
        case 'release': {
          const one = find(fact.issue);
          const verdict = fact.kind === 'hold' ? 'held' : 'approved';
          decide(one, fact.items ?? [], verdict, at);
          return;
        }
        case 'arrange': {
          const one = find(fact.issue);
          const papers = listItems(one)
            .filter(({ lane }) => lane === 'papers')
            .sort((a, b) => a.position - b.position)
            .map(({ item }) => item);
          const others = papers.filter((item) => item !== fact.item);
          one.arrangement = others.toSpliced(fact.place, 0, fact.item);
          one.written = undefined;
          one.decidedAt = at;
          return;
        }
        case 'edit': {
          const one = find(fact.issue);
          const before = stock(one, at).find(({ item }) => item === fact.item);
          one.own.set(fact.item, fact.text);
          one.written = undefined;
          // Editors made it themselves, and need not be asked again.
          if (one.asked?.revision === one.revision)
            one.asked = { ...one.asked, revision: one.revision + 1 };
          one.revision += 1;
          one.decidedAt = at;
          if (before?.standing === 'ready') decide(one, [fact.item], 'approved', at);
          return;
        }
        case 'post': {
          const one = find(fact.issue);
          const standing = stock(one, at).find(({ item }) => item === fact.item)?.standing;
          if (standing !== 'ready') decide(one, [fact.item], 'approved', at);
          one.decidedAt = at;
          return;
        }
        case 'tick':
          for (const one of kept.values()) if (!one.isOld) ask(one, at);
      }
    },
    list: (at) =>
      [...kept.values()]
        .filter(({ isOld }) => !isOld)
        .flatMap((one) => stock(one, at))
        .filter(({ standing }) => standing !== 'held'),
    newest: () => Math.max(0, ...[...kept.values()].map(({ issue }) => issue.number)),
    listAll: () =>
      [...kept.values()].map((one) => ({
        issue: one.issue.number,
        items: stock(one, new Date(8e15)),
        isOld: one.isOld,
      })),
    revisionsOf: (issue) => kept.get(issue)?.revision ?? 0,
  };

  /** Editors are asked about each issue, again about new words or by another rule; silence approves. */
  function ask(one: Kept, at: Date): void {
    const approval = inForce(APPROVALS, at)?.approval;
    const rule = JSON.stringify(approval);
    const isAsking = approval !== undefined && approval.kind !== 'never';
    const waiting = isAsking ? stock(one, at).filter(({ standing }) => standing === 'waits') : [];
    const isOther = one.asked?.rule !== rule || one.asked.revision < one.revision;
    if (one.asked === undefined || (isOther && waiting.length > 0)) {
      one.asked = { revision: one.revision, rule, at };
    } else one.asked = { ...one.asked, rule };
    if (approval?.kind !== 'after' || one.asked.revision !== one.revision) return;
    const silentSince = Math.max(one.asked.at.getTime(), one.decidedAt.getTime());
    if (silentSince + approval.hours * HOUR_MS > at.getTime()) return;
    decide(
      one,
      waiting.map(({ item }) => item),
      'approved',
      at,
    );
  }
}

type Written = Omit<Stock, 'standing'> & { readonly words: string };

function listItems(one: Kept): readonly Written[] {
  one.written ??= writeItems(one);
  return one.written;
}

function writeItems({ issue, own, arrangement }: Kept): Written[] {
  const { number, papers, news, period } = issue;
  const rank = (item: string, index: number): number =>
    arrangement.includes(item) ? arrangement.indexOf(item) : arrangement.length + index;
  const base = {
    issue: number,
    isArranged: arrangement.length > 0,
    likes: 0,
    pick: false,
    saysOwn: undefined,
  };
  const lines = news.map((version, index) => `${number}n${index}v${version}`);
  const names = papers.map(({ slug, pick }) => [slug, pick]);
  const written = papers.map((paper, index): Written => {
    const item = `paper/${paper.slug}`;
    const { likes, pick, version } = paper;
    const words = JSON.stringify([paper.slug, version, pick, own.get(item)]);
    const position = rank(item, index);
    return {
      ...base,
      item,
      lane: 'papers',
      position,
      likes,
      pick,
      words,
      says: say(paper),
      saysOwn: own.get(item),
    };
  });
  const digest = JSON.stringify([number, period, names, lines]);
  const title = `The Weekly Sieve ${number}`;
  const more = { ...base, position: 0, says: title };
  return [
    ...written,
    { ...more, item: 'digest', lane: 'digest', words: digest },
    ...(news.length === 0
      ? []
      : [
          {
            ...more,
            item: 'news',
            says: lines[0] ?? '',
            lane: 'news' as const,
            words: JSON.stringify([number, period, lines]),
          },
        ]),
  ];
}

function say({ slug, version }: YearPaper): string {
  return `${slug}v${version}.`;
}
