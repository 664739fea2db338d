import { shortenId } from '../desk/act.ts';
import { type Happening, type History, readHistory } from '../desk/history.ts';
import type { Delivery, PastAttempt, Replacement } from '../outbox/delivery.ts';
import type { ActOptions } from './act.ts';
import type { CliContext, ExitCode } from './context.ts';
import { isIssue, printDecided, readDecided } from './decisions.ts';
import { findNamed } from './delivery-options.ts';
import {
  describeRemedy,
  describeStanding,
  makeWords,
  nameDelivery,
  toJson,
  type Words,
} from './describe-delivery.ts';
import type { Output } from './output.ts';
import { STATE_STYLE } from './state-style.ts';
import { hang } from './wrap.ts';

/** `paperboy history ISSUE|ID` */
export async function runHistory(
  { output, openDesk }: CliContext,
  reference: string,
  { json, ...options }: ActOptions,
): Promise<ExitCode> {
  const { desk } = await openDesk();
  if (Object.values(options).every((option) => option === undefined)) {
    const decided = await readDecided(desk, reference);
    if (decided !== undefined) return printDecided(output, desk, decided, json);
    if (await isIssue(desk, reference)) {
      const { printUntouched, readUntouched } = await import('./untouched.ts');
      const untouched = await readUntouched(desk, reference);
      if (untouched !== undefined) return printUntouched(output, desk, untouched, json);
    }
  }
  const named = await findNamed(desk, reference, options);
  const histories: History[] = [];
  for (const delivery of named) histories.push(await readHistory(desk, delivery));
  if (json) {
    output.json({ histories: histories.map(toHistoryJson) });
    return 0;
  }
  for (const [index, history] of histories.entries()) {
    if (index > 0) output.line();
    printHistory(output, history, makeWords(desk));
  }
  return 0;
}

function printHistory(
  output: Output,
  { delivery, happenings, corrects, correctedBy }: History,
  words: Words,
): void {
  const { style, line } = output;
  const { id, issue, revision, state, receipt } = delivery;
  // To the second: attempts come close together.
  const time = (at: Date): string => `${words.at(at)}${formatSeconds(at)}`;
  line(style('bold', nameDelivery(delivery, words)));
  line(style('dim', `${id} · #${issue}${revision > 1 ? ` revision ${revision}` : ''}`));
  for (const happening of happenings) {
    const at = time(happening.at);
    const said = `  ${style('dim', at)}  ${describeHappening(happening)}`;
    line(hang(said, ' '.repeat(at.length + 4)));
  }
  line(hang(`  ${style(STATE_STYLE[state], state)}: ${describeStanding(delivery, words)}`, '    '));
  const remedy = describeRemedy(delivery, words);
  if (remedy !== undefined) line(hang(`    → ${remedy}`, '      '));
  for (const [index, post] of (receipt?.posts ?? []).entries()) {
    line(`  ${style('dim', `post ${index + 1}`)}  ${post.url ?? post.id}`);
  }
  if (corrects !== undefined && delivery.replaces !== undefined) {
    line(`  ${VERB[delivery.replaces.how]} ${describeOther(corrects)}`);
  }
  for (const other of correctedBy) {
    const verb = other.replaces?.how === 'reply' ? 'is answered by' : 'is corrected by';
    line(`  ${verb} ${describeOther(other)}`);
  }
}

const VERB = {
  edit: 'corrects',
  repost: 'takes the place of',
  reply: 'answers',
} as const satisfies Record<Replacement['how'], string>;

function describeOther({ id, revision, state }: Delivery): string {
  return `${shortenId(id)} of revision ${revision} (${state})`;
}

function describeHappening(happening: Happening): string {
  switch (happening.kind) {
    case 'queued':
      return 'queued';
    case 'action': {
      const { verb, actor, note } = happening.action;
      return `${verb} by ${actor}${note === undefined ? '' : `: ${note}`}`;
    }
    case 'attempt':
      return describeAttempt(happening.attempt);
  }
}

function describeAttempt({
  number,
  task,
  startedAt,
  endedAt,
  outcome,
  detail,
}: PastAttempt): string {
  const what = `attempt ${number}${task === 'retract' ? ' to take it back' : ''}`;
  const took =
    endedAt === undefined ? '' : ` after ${formatSpan(endedAt.getTime() - startedAt.getTime())}`;
  const said = outcome === undefined ? 'goes on, or its worker died' : `${SAID[outcome]}${took}`;
  return `${what}: ${said}${detail === undefined ? '' : `: ${detail}`}`;
}

const SAID = {
  sent: 'sent',
  retracted: 'taken back',
  refused: 'refused',
  unavailable: 'surely not done',
  unknown: 'not known',
} as const;

function formatSpan(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

function formatSeconds(at: Date): string {
  return `:${String(at.getUTCSeconds()).padStart(2, '0')}`;
}

function toHistoryJson({ delivery, happenings, corrects, correctedBy }: History): unknown {
  const name = ({ id, revision, state, replaces }: Delivery) => ({
    ...{ id, revision, state },
    how: replaces?.how ?? null,
  });
  return {
    delivery: toJson(delivery),
    happenings: happenings.map((happening) => {
      const { kind, at } = happening;
      if (happening.kind === 'action') return { kind, ...happening.action };
      if (happening.kind === 'attempt') return { kind, at, ...happening.attempt };
      return { kind, at };
    }),
    corrects: corrects === undefined ? null : name(corrects),
    correctedBy: correctedBy.map(name),
  };
}
