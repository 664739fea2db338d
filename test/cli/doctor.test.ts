import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqlite } from '../../src/database/open-sqlite.ts';
import { type Check, type Seen, well } from '../../src/doctor/check.ts';
import { checkZone } from '../../src/doctor/check-clock.ts';
import { checkConfiguration, checkNode } from '../../src/doctor/check-configuration.ts';
import { checkDatabase } from '../../src/doctor/check-database.ts';
import { checkEnvFile } from '../../src/doctor/check-env-file.ts';
import { checkFeed } from '../../src/doctor/check-feed.ts';
import { checkProcess } from '../../src/doctor/check-process.ts';
import { checkProgramme } from '../../src/doctor/check-programme.ts';
import { checkVariables } from '../../src/doctor/check-variables.ts';
import { runChecks } from '../../src/doctor/run-checks.ts';
import type { Programme } from '../../src/schedule/programme.ts';
import type { Fetch } from '../../src/sources/fetch.ts';
import { VARIABLES } from '../../src/variables.ts';

const now = new Date('2026-11-22T12:00:00Z');
const codes = (seen: readonly Seen[]): string[] =>
  seen.map(({ level, code }) => `${level} ${code}`);

function makeProgramme(
  crons: Partial<Programme['crons']>,
  rest: Partial<Omit<Programme, 'crons'>> = {},
): Programme {
  return {
    crons: { digest: [], news: [], papers: [], ...crons },
    timeZone: 'UTC',
    order: 'issue',
    rest: 'queue',
    blackouts: [],
    gapMs: 0,
    missed: 'catch-up',
    ...rest,
  };
}

const judge = (programme: Programme, papersAWeek?: number): Promise<Seen[]> =>
  checkProgramme({ name: 'folder', programme, papersAWeek }, now);

describe('the plan', () => {
  it('is well with a paper a day and a digest a week', async () => {
    const seen = await judge(makeProgramme({ papers: ['0 9 * * *'], digest: ['0 18 * * 5'] }), 4);

    expect(codes(seen)).toEqual(['ok doctor.plan']);
    expect(seen[0]?.said).toBe('folder: 7 slots of papers a week, besides the digest');
  });

  it('is told where nothing ever comes', async () => {
    const weekdays = Array.from({ length: 7 }, (_, weekday) => ({ weekday }));

    const none = await judge(makeProgramme({}));
    const never = await judge(makeProgramme({ papers: ['0 9 29 2 *'] }));
    const black = await judge(makeProgramme({ papers: ['0 9 * * *'] }, { blackouts: weekdays }));

    expect(codes(none)).toEqual(['warning doctor.plan-no-slots']);
    expect(codes(never)).toEqual(['error doctor.plan-never']);
    expect(codes(black)).toEqual(['error doctor.plan-blackout']);
  });

  it('starves no papers without a word', async () => {
    const hours = 60 * 60_000;
    const papers = ['0 9 * * *'];

    const starved = await judge(
      makeProgramme({ papers, digest: ['0 10 * * *'] }, { gapMs: 2 * hours }),
    );
    const near = await judge(makeProgramme({ papers: ['0 9,10 * * *'] }, { gapMs: 2 * hours }));
    const crowded = await judge(
      makeProgramme({ papers, digest: ['0 18 * * 5'], news: ['0 18 * * *'] }),
    );

    expect(codes(starved)).toEqual(['error doctor.plan-starved']);
    expect(codes(near)).toEqual(['warning doctor.plan-gap']);
    expect(near[0]?.said).toContain('28 of 56 slots');
    expect(codes(crowded)).toEqual(['warning doctor.plan-crowded']);
    expect(crowded[0]?.said).toContain('Fri 18:00');
  });

  it('piles up where more comes than goes, unless the rest is dropped', async () => {
    const papers = ['0 9 * * 1-5'];

    expect(codes(await judge(makeProgramme({ papers }), 7))).toEqual([
      'warning doctor.plan-pile-up',
    ]);
    expect((await judge(makeProgramme({ papers }), 7))[0]?.said).toContain(
      '7 papers come in a week, and 5 slots are there for them',
    );
    expect(codes(await judge(makeProgramme({ papers }, { rest: 'drop' }), 7))).toEqual([
      'ok doctor.plan',
    ]);
    expect(codes(await judge(makeProgramme({ papers }), 5))).toEqual(['ok doctor.plan']);
  });

  it('is never told of a fault without a remedy', async () => {
    const slots = fc.constantFrom(
      [],
      ['0 9 * * *'],
      ['0 */6 * * *'],
      ['0 9 * * 1'],
      ['0 9 29 2 *'],
    );
    const blackouts = fc.constantFrom(
      [],
      [{ weekday: 1 }],
      [{ from: '2026-01-01', to: '2028-01-01' }],
    );

    await fc.assert(
      fc.asyncProperty(
        slots,
        slots,
        slots,
        blackouts,
        fc.nat(600),
        fc.nat(20),
        async (...drawn) => {
          const [papers, digest, news, days, gap, aWeek] = drawn;
          const programme = makeProgramme(
            { papers, digest, news },
            { blackouts: days, gapMs: gap * 60_000 },
          );

          const seen = await judge(programme, aWeek === 0 ? undefined : aWeek);

          expect(seen.length).toBeGreaterThan(0);
          for (const one of seen) {
            expect(one.said).toMatch(/^folder: .*[^.]$/s);
            if (one.level === 'warning' || one.level === 'error') {
              expect('remedy' in one && one.remedy).toMatch(/paperboy|schedule\.|Move/);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('variables', () => {
  const known = Object.keys(VARIABLES);
  const meant = (name: string): string | undefined => checkVariables([name], known)[0]?.said;

  it('that nobody reads are told, with what was probably meant', () => {
    expect(meant('BLUESKY_PASSWORD')).toContain('did you mean BLUESKY_APP_PASSWORD?');
    expect(meant('DISCORD_BOT_TOKEN')).toContain('did you mean DISCORD_TOKEN?');
    expect(meant('MASTODON_SEVER')).toContain('did you mean MASTODON_SERVER?');
    expect(meant('BSKY_IDENTIFIER')).toContain('did you mean BLUESKY_IDENTIFIER?');
    expect(meant('BLUESKY_DE_IDENTIFIER')).toContain('there is no bluesky-de in destinations');
    expect(meant('PAPERBOY_COLOUR_OF_SKY')).toBe(
      'PAPERBOY_COLOUR_OF_SKY is set, and nothing reads it',
    );
  });

  it('of ours and of others are left alone', () => {
    expect(
      checkVariables([...known, 'PATH', 'HOME', 'PAPERBOY_DEBUG', 'DISCORDANCE'], known),
    ).toEqual([]);
  });
});

describe('the database', () => {
  const look = (prepare: (file: string) => void): string[] => {
    const folder = mkdtempSync(join(tmpdir(), 'paperboy-doctor-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'paperboy.db');
    prepare(file);
    return codes(checkDatabase(file, now));
  };
  const make = (file: string, change: string): void => {
    openSqlite(file).close();
    const sqlite = new Sqlite(file);
    sqlite.exec(change);
    sqlite.close();
  };

  it('is told as it is', () => {
    expect(look(() => {})).toEqual(['ok doctor.database']);
    expect(look((file) => openSqlite(file).close())).toEqual(['ok doctor.database']);
    expect(look((file) => writeFileSync(file, 'no database at all'))).toEqual([
      'error doctor.database-foreign',
    ]);
    expect(look((file) => make(file, 'pragma user_version = 99'))).toEqual([
      'error doctor.database-newer',
    ]);
    expect(look((file) => make(file, 'pragma user_version = 3'))).toEqual([
      'warning doctor.database-older',
    ]);
    expect(
      look((file) =>
        make(file, "insert into facts values ('backup.made_at', '2026-11-21T09:00:00Z')"),
      ),
    ).toEqual(['ok doctor.database', 'ok doctor.backup']);
  });

  it('that is damaged, or held by another, is told of', () => {
    expect(
      look((file) => {
        openSqlite(file).close();
        const bytes = Buffer.alloc(4096 * 4, 'x');
        const sqlite = new Sqlite(file);
        const whole = sqlite.serialize();
        sqlite.close();
        writeFileSync(
          file,
          Buffer.concat([whole.subarray(0, 4096), bytes, whole.subarray(4096 * 5)]),
        );
      }),
    ).toEqual(['error doctor.database-damaged']);
    expect(
      look((file) => {
        const other = openSqlite(file);
        other.exec('begin immediate');
        onTestFinished(() => {
          other.close();
        });
      }),
    ).toEqual(['warning doctor.database-busy']);
  });
});

describe('what else is looked at', () => {
  it('is Node, the settings, the zone, and whether somebody plans', () => {
    const planner = { owner: 'host/17/x', heldUntil: new Date(now.getTime() + 1) };
    const aliveMs = 30_000;
    const gone = { ...planner, heldUntil: now };

    expect(checkNode('v24.1.0', 24).level).toBe('ok');
    expect(checkNode('v22.9.0', 24).code).toBe('doctor.node-old');
    const file = { path: '/x/paperboy.yaml', isThere: false, others: ['paperboy.yml'] };
    expect(codes(checkConfiguration([], file))).toEqual([
      'ok doctor.configuration',
      'warning doctor.settings-misnamed',
    ]);
    expect(checkZone(undefined, 'UTC').code).toBe('doctor.time-zone-unset');
    expect(checkZone(undefined, 'Europe/Berlin').level).toBe('ok');
    expect(checkZone('UTC', 'UTC').level).toBe('ok');
    expect(checkProcess({ beatAt: undefined, aliveMs, planner }, now).code).toBe(
      'doctor.not-running',
    );
    expect(checkProcess({ beatAt: now, aliveMs, planner: gone }, now).code).toBe(
      'doctor.nobody-plans',
    );
    expect(checkProcess({ beatAt: now, aliveMs, planner }, now).said).toContain(
      'process 17 on host',
    );
  });
});

describe('.env', () => {
  const look = async (text: string): Promise<readonly Seen[]> => {
    const folder = mkdtempSync(join(tmpdir(), 'paperboy-doctor-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, '.env');
    writeFileSync(path, text, { mode: 0o600 });
    return checkEnvFile(path);
  };

  it.each([
    ['without a sign', 'A=1\nDISCORD_TOKEN SEKRETTOK\nB=2\n', 'line 2 of'],
    ['without a sign before one in the value', 'WEBHOOK_SECRET SEKRETTOK==', 'line 1 of'],
    ['of a name or a sign alone', 'export SEKRETTOK\r\n\r\n=SEKRETTOK\r\n', 'lines 1, 3 of'],
    ['after a quote that is never closed', 'A="SEKRETTOK\nSEKRETTOK\nB=1', 'line 2 of'],
  ])('is told by number, and not by what stands there, of a line %s', async (_, text, told) => {
    const seen = await look(text);

    expect(codes(seen)).toEqual(['warning doctor.env-stray']);
    expect(seen[0]?.said.startsWith(`nothing is set by ${told}`), seen[0]?.said).toBe(true);
    expect(JSON.stringify(seen)).not.toContain('SEKRET');
  });

  it.each([
    ['comments and empty lines', '# a comment\n\n  # DISCORD_TOKEN x\n \t\nA=1 # why\n'],
    ['what is exported, empty or indented', 'export A=1\r\n  B =\r\nC=\r\nA=2'],
    [
      'values of several lines',
      'A=\'-- BEGIN\nabc def\n\nabc==\nEND\'\nB=`x\ny z`\nC="a\nb" # c\n',
    ],
  ])('may have %s', async (_, text) => {
    expect(codes(await look(text))).toEqual(['ok doctor.env']);
  });
});

describe('a file that this user may not read', () => {
  it('is told with the way to read it, and is not well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paperboy-doctor-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    chmodSync(folder, 0o755);
    const path = join(folder, '.env');
    writeFileSync(path, 'DISCORD_TOKEN=x\n', { mode: 0o600 });
    const problem = `${path} cannot be read: EACCES: permission denied, open '${path}' (EACCES)`;

    const [told] = checkConfiguration([problem], { path: 'x', isThere: true, others: [] });
    const own = await checkEnvFile(path);
    const looking = asNobody(path, () => checkEnvFile(path));

    expect(told).toMatchObject({ remedy: expect.stringContaining(`chown "$(id -un)" ${path}`) });
    expect(codes(own)).toEqual(['ok doctor.env']);
    expect(codes(await looking)).toEqual([]);
  });
});

/** Root may read anything, so it steps down for a moment; anybody else takes the right away. */
function asNobody<T>(path: string, run: () => T): T {
  if (process.geteuid?.() !== 0) {
    chmodSync(path, 0o000);
    return run();
  }
  process.seteuid?.(65_534);
  try {
    return run();
  } finally {
    process.seteuid?.(0);
  }
}

describe('a feed', () => {
  const long =
    '<p>Words of an entry that are no issue of anything, and go on for a while.</p>'.repeat(9);
  const look = async (body: string): Promise<readonly Seen[]> => {
    const fetch: Fetch = async (url) => ({
      kind: 'fetched',
      url,
      bytes: Buffer.from(body),
      mediaType: undefined,
      etag: undefined,
      lastModified: undefined,
    });
    const secret = 'http://news.example/feeds/s3cretPath12345.xml';
    const seen = await checkFeed(secret, fetch, now, AbortSignal.timeout(1_000));
    expect(JSON.stringify(seen)).not.toContain('s3cret');
    return seen;
  };
  const write = (date: string, content: string): string =>
    `<rss version="2.0" xmlns:content="x"><channel><item><title>T</title><guid>1</guid><pubDate>${date}</pubDate><content:encoded><![CDATA[${content}]]></content:encoded></item></channel></rss>`;

  it('is told by what is in it', async () => {
    const html = readFileSync(
      new URL('../issue/forms/issue-rss-body.html', import.meta.url),
      'utf8',
    );

    expect(codes(await look('<rss></rss>'))).toEqual(['error doctor.feed-unreadable']);
    expect(codes(await look(write('Sat, 21 Nov 2026 09:00:00 GMT', long)))).toEqual([
      'warning doctor.feed-empty',
    ]);
    expect(codes(await look(write('Sat, 21 Nov 2026 09:00:00 GMT', html)))).toEqual([
      'ok doctor.feed',
    ]);
    expect(codes(await look(write('Wed, 21 Jan 2026 09:00:00 GMT', html)))).toEqual([
      'warning doctor.feed-silent',
    ]);
  });
});

describe('the checks', () => {
  const make = (more: Partial<Check>): Check => ({
    section: 'clock',
    title: 'one',
    code: 'doctor.clock',
    isRemote: true,
    run: () => [well('doctor.clock', 'well')],
    ...more,
  });

  it('that hang end at their deadline, are called off, and keep no other', async () => {
    let isCalledOff = false;
    const hanging = make({
      run: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            isCalledOff = true;
            reject(new Error('called off'));
          });
        }),
    });

    const seen = await runChecks([hanging, make({})], { isOffline: false, deadlineMs: 50 });

    expect(codes(seen)).toEqual(['error doctor.no-answer', 'ok doctor.clock']);
    expect(isCalledOff).toBe(true);
  });

  it('of the machine, which hold up all else, make no server look dead', async () => {
    const server = make({
      run: async () => {
        await sleep(20);
        return [await sleep(20, well('doctor.clock', 'well'))];
      },
    });
    const heavy = make({
      isRemote: false,
      run: () => {
        const until = Date.now() + 1_200;
        while (Date.now() < until);
        return [well('doctor.database', 'well')];
      },
    });

    const seen = await runChecks([heavy, server], { isOffline: false, deadlineMs: 1_000 });

    expect(codes(seen)).toEqual(['ok doctor.database', 'ok doctor.clock']);
  });

  it('that fail are a fault, and ask nobody offline', async () => {
    const failing = make({
      run: () => {
        throw new Error('broken');
      },
    });

    const online = await runChecks([failing], { isOffline: false });
    const offline = await runChecks([failing], { isOffline: true });

    expect(codes(online)).toEqual(['error doctor.check-failed']);
    expect(codes(offline)).toEqual(['skipped doctor.clock']);
  });

  it('tell what is still looked at', async () => {
    const told: string[][] = [];

    await runChecks([make({ title: 'a' }), make({ title: 'b', section: 'data' })], {
      isOffline: false,
      onProgress: (pending) => told.push([...pending]),
    });

    expect(told[0]).toEqual(['a', 'b']);
    expect(told.at(-1)).toEqual([]);
  });
});
