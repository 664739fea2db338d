import type { Row } from './matrix.ts';

/** What many rows come to. All but the first three are to be zero. */
export type Total = {
  readonly kills: number;
  readonly expected: number;
  readonly found: number;
  readonly lost: number;
  readonly double: number;
  readonly torn: number;
  /** Posts that nobody asked for. */
  readonly strange: number;
  /** What the ledger says that is not so. */
  readonly untrue: number;
  /** Commands that failed. */
  readonly failed: number;
};

/** Adds rows up. */
export function addUp(rows: readonly Row[]): Total {
  const sum = (read: (row: Row) => number): number =>
    rows.reduce((total, row) => total + read(row), 0);
  return {
    kills: sum(({ kills }) => kills.length),
    expected: sum(({ verdict }) => verdict.posts.expected),
    found: sum(({ verdict }) => verdict.posts.found),
    lost: sum(({ verdict }) => verdict.lost.length),
    double: sum(({ verdict }) => verdict.double.length),
    torn: sum(({ verdict }) => verdict.torn.length),
    strange: sum(({ verdict }) => verdict.strange),
    untrue: sum(({ untrue }) => untrue.length),
    failed: sum(({ failed }) => failed.length),
  };
}

/** Whether anything is not as it has to be. */
export function isBad({ kills: _kills, expected, found, ...wrong }: Total): boolean {
  return expected !== found || Object.values(wrong).some((count) => count > 0);
}

/** Everything that is wrong with a row, a line each, with where its process had been killed. */
export function explain(row: Row): string[] {
  const { verdict, kills, untrue, failed } = row;
  const told = (what: string, tokens: readonly string[]): string[] =>
    tokens.map((token) => {
      const where = kills.filter((kill) => kill.startsWith(token)).join('; ');
      return `${what}: ${token}${where === '' ? '' : `, killed: ${where}`}`;
    });
  return [
    ...told('lost', verdict.lost),
    ...told('double', verdict.double),
    ...told('torn', verdict.torn),
    ...(verdict.strange > 0 ? [`strange: ${verdict.strange} posts that nobody asked for`] : []),
    ...untrue.map((line) => `untrue: ${line}`),
    ...failed.map((line) => `failed: ${line.trim()}`),
  ];
}
