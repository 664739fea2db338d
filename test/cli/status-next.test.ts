import { describe, expect, it } from 'vitest';
import { runStatus } from '../../src/cli/status.ts';
import { planSlots } from '../../src/desk/plan/plan-slots.ts';
import { queuePost } from '../../src/desk/post.ts';
import { makeFakePlatform } from '../support/fake-platform.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, DISCORD, keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTerminal } from './terminal.ts';

const HOUR_MS = 3_600_000;

async function makeDesk(parts: Parameters<typeof makeTestDesk>[1] = {}): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY], ...parts });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'] }));
  return desk;
}

async function readNext(desk: TestDesk): Promise<string> {
  const terminal = makeTerminal(desk);
  await runStatus(terminal.context, {});
  return /^Next .*\n([\s\S]*?)^Sent lately/m.exec(terminal.read())?.[1] ?? '';
}

async function readJson(desk: TestDesk): Promise<unknown> {
  const terminal = makeTerminal(desk);
  await runStatus(terminal.context, { json: true });
  return JSON.parse(terminal.read());
}

describe('paperboy status, next', () => {
  it('is one list by time of what is queued and what is planned', async () => {
    const desk = await makeDesk();
    const at = new Date('2026-11-24T22:50:00.000Z');
    await queuePost(desk, '7', { paper: 'gamma', to: 'discord', at });

    const next = await readNext(desk);

    expect(next.replace(/[0-9a-f]{8} {2}/, 'ID  ').replace(/ +/g, ' ')).toBe(
      ' Tue, Nov 24, 09:00 plan bluesky #7 Alpha\n' +
        ' Tue, Nov 24, 23:50 ID discord Gamma\n' +
        ' Wed, Nov 25, 09:00 plan bluesky #7 Beta\n' +
        ' Thu, Nov 26, 09:00 plan bluesky #7 Gamma\n',
    );
  });

  it('counts what it does not show, where the rest is found', async () => {
    const desk = await makeDesk({ scheduled: [BLUESKY, DISCORD] });
    for (const paper of ['alpha', 'beta', 'gamma']) {
      await queuePost(desk, '7', { paper, to: 'folder', at: new Date('2026-11-24T12:00:00.000Z') });
      await queuePost(desk, '7', {
        paper,
        to: 'discord',
        at: new Date('2027-01-24T12:00:00.000Z'),
      });
    }

    const next = await readNext(desk);

    expect(next.split('\n').filter((line) => / (?:plan|[0-9a-f]{8}) /.test(line))).toHaveLength(6);
    expect(next).toContain('  and 3 more, see: paperboy queue\n');
    expect(next).not.toContain('more in four weeks');
  });

  it('marks what is at a place that is paused', async () => {
    const desk = await makeDesk({
      publisher: makeFakePlatform().makePublisher({
        find: () => 'answers',
        publish: () => ({ kind: 'is closed', posts: 0 }),
      }),
    });
    await queuePost(desk, '7', { paper: 'alpha' });
    await desk.courier.deliverNext([BLUESKY.key]);
    await queuePost(desk, '7', { paper: 'gamma', at: new Date('2026-11-24T22:50:00.000Z') });

    const next = await readNext(desk);

    expect(next).toMatch(/09:00 {2}plan {6}bluesky \(paused\) {2}#7 Beta\n/);
    expect(next).toMatch(/23:50 {2}[0-9a-f]{8} {2}bluesky \(paused\) {2}Gamma\n/);
    expect(await readJson(desk)).toMatchObject({
      next: [{ item: 'paper/gamma', isPaused: true }],
      upcoming: [{ item: 'paper/beta', isPaused: true, isCatchUp: false }],
    });
  });

  it('says what makes up for missed slots', async () => {
    const desk = await makeDesk();
    await planSlots(desk);
    desk.clock.advance(48 * HOUR_MS);

    const next = await readNext(desk);

    expect(next).toMatch(/^ {2}now +catch-up {2}bluesky {2}#7 Alpha\n/);
    expect(next).toContain('! Slots were missed: they are made up for now,');
    expect(await readJson(desk)).toMatchObject({
      upcoming: [
        { item: 'paper/alpha', isCatchUp: true, isPaused: false },
        { item: 'paper/beta', isCatchUp: false },
        { item: 'paper/gamma' },
      ],
    });
  });
});
