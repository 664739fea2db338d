import { expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { writeHeartbeat } from '../../src/cli/heartbeat.ts';
import type { Output } from '../../src/cli/output.ts';
import { runStatus } from '../../src/cli/status.ts';
import { queueCorrections } from '../../src/desk/correct.ts';
import { follow } from '../../src/desk/follow.ts';
import { describeChannel, planFollows } from '../../src/desk/plan-follows.ts';
import { queuePost } from '../../src/desk/post.ts';
import { retractDeliveries } from '../../src/desk/retract.ts';
import {
  type FollowStage,
  HERE,
  MANAGER,
  MEMBER,
  makeFollowStage,
  makeTopicIssue,
  makeWish,
} from '../desk/follow-stage.ts';
import { makeIssue } from '../support/make-issue.ts';
import { FOLDER, keep, makeTestDesk } from '../support/make-test-desk.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { makeTerminal } from './terminal.ts';

const OTHER = '423456789012345679';

/** What `paperboy status` prints about a stage. */
async function printStatus(stage: FollowStage, isJson = false): Promise<string> {
  const lines: string[] = [];
  const output: Output = {
    line: (text = '') => void lines.push(text),
    json: (value) => void lines.push(JSON.stringify(value)),
    note: (text) => void lines.push(text),
    style: (_, text) => text,
    table: async (_, rows) => void lines.push(...rows.map((row) => row.join('  '))),
  };
  const channelIds = new Set((await stage.follows.list()).map(({ channelId }) => channelId));
  const destinations = [...stage.destinations, ...[...channelIds].map(describeChannel)];
  const data = makeTempFolder();
  await writeHeartbeat(data, stage.clock.now(), makeRecordLog());
  const openDesk = async (): Promise<object> => ({
    desk: { ...stage, destinations },
    folders: { data },
  });
  await runStatus({ output, openDesk } as unknown as CliContext, { json: isJson });
  return lines.join('\n');
}

test('status counts the followed channels that are paused by whether anybody could be told', async () => {
  const stage = makeFollowStage(makeTempDatabase());
  await follow(stage, MANAGER, makeWish());
  await follow(stage, MANAGER, makeWish({ channelId: OTHER, about: 'Agents' }));
  await follow(stage, MEMBER, makeWish({ place: 'dm', channelId: '' }));
  await keep(stage, makeTopicIssue(8, { Alpha: ['Agents'] }));
  stage.fate = { kind: 'is closed', posts: 0 };
  await stage.play();

  const before = await printStatus(stage);
  await planFollows(stage);
  const after = await printStatus(stage);
  const json = JSON.parse(await printStatus(stage, true)) as {
    readonly followedPauses: readonly {
      readonly destination: string;
      readonly isOwnerTold: boolean;
    }[];
  };

  expect(before).toContain('3 refused; 3 paused, of which nobody could be told yet');
  expect(after).toContain(
    '3 refused; 2 paused, as who follows there was told; 1 paused, of which nobody could be told yet',
  );
  expect(after).toContain('Nothing needs a person');
  const told = new Map(json.followedPauses.map((one) => [one.destination, one.isOwnerTold]));
  expect(Object.fromEntries(told)).toEqual({
    [`discord/${HERE}`]: true,
    [`discord/${OTHER}`]: true,
    'discord/923456789012345679': false,
  });
});

test('status says that what went out was taken back, and counts no post twice', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [FOLDER] });
  await keep(desk, makeIssue({ papers: ['Alpha'] }));
  const { context, read } = makeTerminal(desk);
  const deliver = async (): Promise<void> => void (await desk.courier.deliverNext([FOLDER.key]));
  await queuePost(desk, '7', { paper: 'alpha', to: 'folder' });
  await deliver();
  await keep(desk, makeIssue({ papers: ['Alpha'], text: 'Corrected.' }));
  await queueCorrections(desk, '7', { paper: 'alpha' });
  await deliver();
  await retractDeliveries(desk, await desk.outbox.list({ states: ['sent'] }));
  await deliver();

  await runStatus(context, {});

  const text = read();
  expect(text).toContain(
    'Sent lately\n  nothing that is there still: what went out was taken back; see: paperboy queue\n',
  );
  expect(text).toContain('  folder: 2 taken back or replaced\n');
});

test('status names the issue of a digest once', async () => {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [FOLDER] });
  await keep(desk, makeIssue({ papers: ['Alpha'] }));
  const { context, read } = makeTerminal(desk);
  await queuePost(desk, '7', { digest: 'issue', to: 'folder' });
  await desk.courier.deliverNext([FOLDER.key]);

  await runStatus(context, {});

  expect(read()).toMatch(/ {2}folder {2}Digest of #7\n/);
});
