import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { runHealth } from '../../src/cli/health.ts';
import { removeHeartbeat, writeHeartbeat } from '../../src/cli/heartbeat.ts';
import { runStatus } from '../../src/cli/status.ts';
import { queuePost } from '../../src/desk/post.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTerminal, type Terminal } from './terminal.ts';

const TICK = '✓ Nothing needs a person.';
const SILENT = '! Paperboy is not running: nothing goes out until it is started: paperboy start\n';
const HOUR_MS = 3_600_000;

async function makeDesk(): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY] });
  await keep(desk, makeIssue({ papers: ['Alpha'] }));
  return desk;
}

async function status({ context, read }: Terminal, json = false): Promise<string> {
  await runStatus(context, { json });
  return read();
}

describe('paperboy status where nobody runs', () => {
  it('says so while there is something to come, and what to do', async () => {
    const terminal = makeTerminal(await makeDesk());

    const text = await status(terminal);
    const json = JSON.parse(await status(terminal, true));

    expect(text.startsWith(SILENT)).toBe(true);
    expect(text).not.toContain(TICK);
    expect(json).toMatchObject({ isRunning: false, heardAt: null });
  });

  it('says so of what is overdue', async () => {
    const desk = await makeDesk();
    const at = new Date(desk.clock.now().getTime() + HOUR_MS);
    await queuePost(desk, '7', { paper: 'alpha', at });
    desk.clock.advance(2 * HOUR_MS);

    const text = await status(makeTerminal(desk));

    expect(text.startsWith(SILENT)).toBe(true);
    expect(text).not.toContain(TICK);
  });

  it('alarms nobody where nothing was imported, or all is done', async () => {
    const empty = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY] });
    const done = await makeDesk();
    await queuePost(done, '7', { paper: 'alpha' });
    await done.courier.deliverNext([BLUESKY.key]);

    const texts = [await status(makeTerminal(empty)), await status(makeTerminal(done))];

    for (const text of texts) expect(text.startsWith(`${TICK}\n`)).toBe(true);
  });

  it('tells of one that has fallen silent also where nothing is to come, and of none that runs', async () => {
    const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY] });
    const terminal = makeTerminal(desk);
    await writeHeartbeat(terminal.data, desk.clock.now(), makeRecordLog());

    const running = await status(terminal);
    const json = JSON.parse(await status(terminal, true));
    desk.clock.advance(HOUR_MS);
    const silent = await status(terminal);

    expect(running.startsWith(`${TICK}\n`)).toBe(true);
    expect(json).toMatchObject({ isRunning: true, heardAt: '2026-11-23T09:00:00.000Z' });
    expect(silent).toMatch(/^! Nothing was heard of Paperboy since Mon, Nov 23, 10:00: /);
    expect(silent).not.toContain(TICK);
  });
});

describe('paperboy health', () => {
  async function health(data: string): Promise<string> {
    const lines: string[] = [];
    const output = { line: (text: string) => void lines.push(text) };
    const readFolders = async (): Promise<object> => ({ data });
    const code = await runHealth({ output, readFolders } as unknown as CliContext);
    return `${code} ${lines.join('\n')}`;
  }

  it('says of one that has ended when it was last seen', async () => {
    const { data } = makeTerminal(await makeDesk());
    const log = makeRecordLog();

    const none = await health(data);
    await writeHeartbeat(data, new Date('2026-01-02T03:04:05.000Z'), log);
    const silent = await health(data);
    await removeHeartbeat(data);
    await removeHeartbeat(data);
    const ended = await health(data);
    await writeHeartbeat(data, new Date(), log);
    const running = await health(data);

    expect(none).toBe('1 not running');
    expect(silent).toBe(
      '1 not running, or unable to say so, last sign of life: 2026-01-02T03:04:05.000Z',
    );
    expect(ended).toBe(
      '1 not running, last sign of life: 2026-01-02T03:04:05.000Z, then it, or another one on the folder, was ended',
    );
    expect(running).toMatch(/^0 running, last sign of life: /);
    expect(existsSync(join(data, 'heartbeat.json'))).toBe(true);
  });

  it('takes a file of another kind for no sign of life', async () => {
    const { data } = makeTerminal(await makeDesk());
    await writeFile(join(data, 'heartbeat-last.json'), '[]');

    expect(await health(data)).toBe('1 not running');
  });
});
