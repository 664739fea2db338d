import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runAct } from '../../src/cli/act.ts';
import { announce } from '../../src/cli/announce.ts';
import { runPlan } from '../../src/cli/plan.ts';
import { checkBluesky } from '../../src/doctor/check-bluesky.ts';
import { checkLedger } from '../../src/doctor/check-ledger.ts';
import { checkProcess } from '../../src/doctor/check-process.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, FOLDER, keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTerminal } from './terminal.ts';

async function makeDesk(): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), {
    scheduled: [BLUESKY],
    programme: { crons: { digest: ['0 18 * * 5'], news: [], papers: ['0 9 * * *'] } },
  });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'] }));
  return desk;
}

/** An account of Bluesky whose profile says nothing, on this machine. */
async function serveBluesky(): Promise<string> {
  const session = { did: 'did:plc:abc', handle: 'news.test', accessJwt: 'a', refreshJwt: 'b' };
  const server = createServer((request, response) => {
    const isSession = request.url?.includes('createSession') === true;
    response.writeHead(isSession ? 200 : 400, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isSession ? session : { error: 'RecordNotFound' }));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('what is said of a service that shows no life', () => {
  it('is since when nothing was heard of it, in the plan', async () => {
    const desk = await makeDesk();
    const terminal = makeTerminal(desk);
    const beat = { pid: 1, at: '2026-11-23T08:30:00.000Z' };
    await writeFile(join(terminal.data, 'heartbeat.json'), JSON.stringify(beat));

    await runPlan(terminal.context, {});
    const text = terminal.read();
    await runPlan(terminal.context, { json: true });

    expect(text).toContain(
      '! Nothing was heard of Paperboy since Mon, Nov 23, 09:30: unless it runs,',
    );
    expect(text).not.toContain('Paperboy is not running');
    expect(JSON.parse(terminal.read())).toMatchObject({ isRunning: false, heardAt: beat.at });
  });

  it('is the same to the doctor, who sends on to the disk', () => {
    const now = new Date('2026-11-23T09:00:00.000Z');
    const parts = { aliveMs: 30_000, planner: undefined };

    const silent = checkProcess({ ...parts, beatAt: new Date('2026-11-23T08:30:00.000Z') }, now);
    const never = checkProcess({ ...parts, beatAt: undefined }, now);

    expect(silent.said).toMatch(/^nothing was heard of Paperboy since 2026-11-23T08:30/);
    expect(silent).toMatchObject({ remedy: expect.stringContaining('cannot write into its data') });
    expect(never.said).toMatch(/^Paperboy is not running/);
  });
});

describe('a remedy of the doctor', () => {
  it.each([
    ['bluesky', 'paperboy connect bluesky'],
    ['bluesky-de', 'paperboy connect bluesky --name bluesky-de'],
  ])('names the account where it is a further one: %s', async (name, command) => {
    const service = await serveBluesky();
    const store = { read: async () => undefined, write: async () => {}, forget: async () => {} };
    const account = { service, identifier: 'news.test', appPassword: 'x' };
    const parts = { name, account, store, knownId: undefined, readLeft: async () => undefined };

    const seen = await checkBluesky(parts, AbortSignal.timeout(5_000));

    expect(seen.at(-1)).toMatchObject({
      code: 'doctor.bluesky-unlabelled',
      remedy: `Let it be said: ${command}`,
    });
  });

  it('does not say that nothing was posted of what the clock may have posted from', async () => {
    const desk = await makeDesk();
    const old = makeIssue({ number: 3, papers: ['Old'] });
    await keep(desk, { ...old, period: { start: '2026-01-05', end: '2026-01-12' } });

    const follows = { list: async () => [] };
    const seen = await checkLedger({ ...desk, follows });

    expect(seen.find(({ code }) => code === 'doctor.not-planned')?.said).toBe(
      '#3 was no news any more when imported, and the clock posts nothing more of it',
    );
  });
});

describe('paperboy start', () => {
  it.each([
    ['a live account', [FOLDER, BLUESKY], [], false],
    ['an account that cannot be reached', [FOLDER], ['bluesky'], false],
    ['nothing live', [FOLDER], [], true],
  ] as const)('with %s', async (_, destinations, absent, isTold) => {
    const desk = {
      ...(await makeDesk()),
      destinations,
      absent: absent.map((name) => ({
        name,
        code: 'account.unreachable' as const,
        reason: 'no answer',
        remedy: 'Wait',
        isScheduled: true,
      })),
    };
    const terminal = makeTerminal(desk);

    await announce(desk, undefined, terminal.context.output, undefined);

    expect(terminal.read().includes('To go live')).toBe(isTold);
  });
});

describe('paperboy hold', () => {
  it('says that the digest still names what is held, until it is held as well', async () => {
    const desk = await makeDesk();
    const hold = async (options: { paper?: string; digest?: true; json?: boolean }) => {
      const terminal = makeTerminal(desk);
      await runAct(terminal.context, 'hold', '7', options);
      return terminal.read();
    };

    const one = await hold({ paper: 'alpha' });
    const json = JSON.parse(await hold({ paper: 'beta', json: true }));
    const digest = await hold({ digest: true });

    expect(one).toContain(
      '! the digest still names Alpha; hold it as well, or edit it:\n    → paperboy hold 7 --digest\n',
    );
    expect(json).toMatchObject({ namedIn: ['digest'] });
    expect(digest).not.toContain('still names');
  });
});
