import { type Row, runMatrix } from './matrix.ts';
import { runRound, runServiceRound } from './random-kills.ts';
import { makeRandom } from './seed.ts';
import type { VenueKind } from './venue.ts';
import { listWorks } from './work.ts';

/** A piece of torture that needs nothing of the others. */
export type Job = {
  readonly name: string;
  run(onKill: () => void): Promise<Row>;
};

/** A job for each kind of work of each venue: a kill at each of its steps, but at most so many. */
export function listMatrixJobs(kinds: readonly VenueKind[], most: number, seed: number): Job[] {
  return kinds.flatMap((kind) => {
    const works = listWorks(kind);
    return works.map((work, index) => {
      // Another run, another choice of steps; also where each seed has another one of the works.
      const turn = Math.floor(seed / works.length) + index;
      return {
        name: `${kind.name} ${work}`,
        run: (onKill) => runMatrix(kind, work, { most, turn }, onKill),
      };
    });
  });
}

/** What is killed at random: half of it is posting, by a command or by the service. */
const SHARES = ['post', 'start', 'post', 'retract', 'post', 'correct', 'start', 'post'] as const;
/** So many kills in one place, and so many papers that share them. */
const KILLS = 24;
const PAPERS = 6;

/** As many kills as asked for at random moments, shared by the venues; the seed decides them. */
export function listRandomJobs(kinds: readonly VenueKind[], kills: number, seed: number): Job[] {
  const jobs: Job[] = [];
  let left = kills;
  for (let index = 0; left > 0 && kinds.length > 0; index += 1) {
    const kind = kinds[index % kinds.length];
    if (kind === undefined) break;
    const turn = Math.floor(index / kinds.length);
    const share = SHARES[turn % SHARES.length] ?? 'post';
    const random = makeRandom(seed * 1_000 + index);
    const terms = { kills: Math.min(left, KILLS), papers: PAPERS, random };
    const changes = listWorks(kind).filter((work) => work !== 'post' && work !== 'retract');
    const change = changes[turn % changes.length] ?? 'post';
    jobs.push({
      name: `${kind.name} ${share === 'correct' ? change : share}, at random ${index + 1}`,
      run: (onKill) =>
        share === 'start'
          ? runServiceRound(kind, terms, onKill)
          : runRound(kind, share === 'correct' ? change : share, terms, onKill),
    });
    left -= terms.kills;
  }
  return jobs;
}
