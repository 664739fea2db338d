import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMatrixJobs } from './jobs.ts';
import type { Row } from './matrix.ts';
import { openPlaces, type Places } from './places.ts';
import { addUp, explain, isBad } from './total.ts';

/** Another day, another choice of steps and of works; PAPERBOY_SEED repeats one. */
const SEED = Number(process.env.PAPERBOY_SEED ?? Math.floor(Date.now() / 86_400_000));
/** Kills of each publisher: `npm run torture` kills at all steps of all kinds of work. */
const KILLS = 2;
const LANES = 2;
const NAMES = ['folder', 'bluesky', 'discord', 'discord-forum', 'mastodon', 'webhook'];

let places: Places;

beforeAll(async () => {
  places = await openPlaces(2);
});
afterAll(() => places.close());

describe('killed between two steps and run again', () => {
  it(`leaves every thread once and whole, whoever publishes it (seed ${SEED})`, async () => {
    const jobs = NAMES.flatMap((name, index) => {
      const kinds = places.kinds.filter((kind) => kind.name === name);
      const all = listMatrixJobs(kinds, KILLS, SEED);
      const job = all[(SEED + index) % all.length];
      return job === undefined ? [] : [job];
    });
    const names = jobs.map(({ name }) => name);
    const rows: Row[] = [];
    const work = async (): Promise<void> => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        rows.push(await job.run(() => {}));
      }
    };
    await Promise.all(Array.from({ length: LANES }, work));

    const total = addUp(rows);
    process.stderr.write(
      `Torture, seed ${SEED}: ${names.join(', ')}: ${total.kills} kills, ${total.found} posts in place of ${total.expected}\n`,
    );
    expect(rows.flatMap(explain)).toEqual([]);
    expect(isBad(total)).toBe(false);
    expect(total.kills).toBe(NAMES.length * KILLS);
  }, 720_000);
});
