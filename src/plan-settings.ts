import { z } from 'zod';
import { nameSchema } from './destination-names.ts';
import { checkCron, isTimeZone } from './schedule/check-schedule.ts';
import type { Blackout, Programme } from './schedule/programme.ts';
import { setting } from './setting.ts';

/** One paper a day, in the morning. */
const DEFAULT_CRON = '0 9 * * *';

const MINUTE_MS = 60_000;
/** A gap of more than a week leaves nothing of a weekly issue. */
const MOST_GAP_MINUTES = 7 * 24 * 60;

const crons = z
  .union([z.string(), z.array(z.string())], {
    error: `must be a cron expression of five fields, for example ${DEFAULT_CRON}, or a list of them`,
  })
  .transform(toList);
const days = z
  .union([z.string(), z.array(z.string())], {
    error: 'must be days, for example [2026-12-24, 2026-12-31..2027-01-02, Sun]',
  })
  .transform(toList);

const destinations =
  'must be a list of one destination or more, for example [bluesky, discord]; leave it out for every live one';

/** What node-cron calls the fields of a cron expression, and what may stand there. */
const FIELDS = new Map([
  ['minute', 'minute, which is 0 to 59'],
  ['hour', 'hour, which is 0 to 23'],
  ['day of month', 'day of the month, which is 1 to 31'],
  ['month', 'month, which is 1 to 12 or jan to dec'],
  ['week day', 'day of the week, which is 0 to 7 (0 and 7 are Sunday) or sun to sat'],
]);

/** When a destination posts what, as it is written. */
const plan = {
  cron: setting(crons.optional(), {
    description:
      'The slots of papers, one paper each: a cron expression of five fields (minute, hour, day, month, day of the week), or a list of them; `[]` for none.',
    default: DEFAULT_CRON,
    examples: ['0 9 * * *', ['0 9 * * 1-5', '0 17 * * 1-5']],
  }),
  digest: setting(crons.optional(), {
    description:
      'When the digest of an issue is posted, once: like `cron`. Where there is none yet at its slot, it takes the next slot of papers.',
    default: [],
    examples: ['0 18 * * 5'],
  }),
  news: setting(crons.optional(), {
    description: 'When the news of an issue are posted, once: like `digest`.',
    default: [],
    examples: ['30 12 * * 1'],
  }),
  timeZone: setting(
    z
      .string()
      .refine(isTimeZone, { error: 'must be an IANA time zone, for example Europe/Berlin' })
      .optional(),
    {
      description:
        'The IANA time zone of the slots and of the times that are shown; the machine’s own if left out. A time that the clock skips falls at the moment of the jump, and one that it shows twice counts once.',
      examples: ['Europe/Berlin'],
    },
  ),
  order: setting(
    z
      .enum(['issue', 'likes', 'pick-first'], { error: 'must be issue, likes or pick-first' })
      .optional(),
    {
      description:
        'Which paper of an issue comes next: as printed; the one with the most likes; the editor’s pick, then as printed. What editors have arranged wins.',
      default: 'issue',
    },
  ),
  rest: setting(
    z
      .enum(['queue', 'drop', 'interleave'], { error: 'must be queue, drop or interleave' })
      .optional(),
    {
      description:
        'What becomes of an issue’s papers that still wait when the next issue comes: they go first; they stay out; the issues take turns.',
      default: 'queue',
    },
  ),
  blackout: setting(days.optional(), {
    description:
      'Days on which nothing is posted by the clock: a day, a range with both its ends, or a day of every week.',
    default: [],
    examples: [['2026-12-24', '2026-12-31..2027-01-02', 'Sun']],
  }),
  gapMinutes: setting(
    z
      .int({ error: 'must be a whole number of minutes, for example 90' })
      .min(0, 'must be 0 minutes or more')
      .max(MOST_GAP_MINUTES, `must be ${MOST_GAP_MINUTES} minutes (a week) at most`)
      .optional(),
    {
      description:
        'A slot of papers is passed over that is nearer than this to the last post there, or to a digest or the news; nothing is lost by it.',
      default: 0,
      examples: [90],
    },
  ),
  missed: setting(z.enum(['catch-up', 'skip'], { error: 'must be catch-up or skip' }).optional(), {
    description:
      'What becomes of slots that were missed, as the process was down for more than a quarter of an hour or until the next slot of the kind: one post for all of them (a slot less than a quarter of an hour away, before or after, stands for them), or none.',
    default: 'catch-up',
  }),
};

/** `schedule` in `paperboy.yaml`. */
export const scheduleSchema = setting(
  z
    .strictObject({
      ...plan,
      to: setting(z.array(nameSchema, destinations).min(1, destinations).optional(), {
        description:
          'The destinations that the clock posts to, and `paperboy post` without `--to`; if left out, every live one, or the folders where there is none.',
        examples: [['bluesky', 'discord', 'bluesky-de']],
      }),
    })
    .prefault({}),
  { description: 'When what is posted, where nothing else is said of a destination.' },
);
/** `schedule` of one destination: what it says is laid over that of all. */
export const ownScheduleSchema = z.strictObject(plan);

type Written = z.infer<typeof ownScheduleSchema>;
/** The same, checked. */
export type Plan = Omit<Written, 'blackout'> & { readonly blackouts?: readonly Blackout[] };

/**
 * Checks what a schema cannot tell: the crons and the days. `place` names the block for a person.
 * What is wrong is added to `problems`, one line each.
 */
export async function readPlan(
  place: string,
  { blackout, ...written }: Written,
  problems: string[],
): Promise<Plan> {
  for (const lane of ['cron', 'digest', 'news'] as const) {
    for (const cron of written[lane] ?? []) {
      const wrong = cron === DEFAULT_CRON ? undefined : await checkCron(cron);
      if (wrong === undefined) continue;
      problems.push(
        `${place}.${lane} in paperboy.yaml must be a cron expression of five fields, for example ${DEFAULT_CRON}; not “${cron}” (${tellFields(wrong)})`,
      );
    }
  }
  if (blackout === undefined) return written;
  return { ...written, blackouts: await readBlackouts(place, blackout, problems) };
}

/** What node-cron says of its fields, in our words. */
function tellFields(wrong: string): string {
  return wrong.replace(
    /is an? invalid expression for ([a-z ]+)/g,
    (_, field: string) => `cannot be read as the ${FIELDS.get(field) ?? field}`,
  );
}

async function readBlackouts(
  place: string,
  written: readonly string[],
  problems: string[],
): Promise<Blackout[]> {
  const { parseBlackout } = await import('./schedule/parse-blackout.ts');
  return written.flatMap((text) => {
    const blackout = parseBlackout(text);
    if (blackout !== undefined) return [blackout];
    problems.push(
      `${place}.blackout in paperboy.yaml must be days, for example 2026-12-24, 2026-12-31..2027-01-02 or Sun; not “${text}”`,
    );
    return [];
  });
}

/** When a destination posts what: its own plan, over the one of all, over the defaults. */
export function makeProgramme(everywhere: Plan, own: Plan = {}): Programme {
  const { cron, digest, news, timeZone, order, rest, blackouts, gapMinutes, missed } = {
    ...everywhere,
    ...own,
  };
  return {
    crons: { digest: digest ?? [], news: news ?? [], papers: cron ?? [DEFAULT_CRON] },
    // Asked for only by the clock: finding the machine's zone is a noticeable part of a cold start.
    get timeZone() {
      return timeZone ?? localTimeZone();
    },
    order: order ?? 'issue',
    rest: rest ?? 'queue',
    blackouts: blackouts ?? [],
    gapMs: (gapMinutes ?? 0) * MINUTE_MS,
    missed: missed ?? 'catch-up',
  };
}

/** The machine's own; a TZ that names no zone leaves it undefined, whatever the types say. */
function localTimeZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions() as { timeZone?: string };
  return timeZone ?? 'UTC';
}

function toList(written: string | string[]): string[] {
  return typeof written === 'string' ? [written] : written;
}
