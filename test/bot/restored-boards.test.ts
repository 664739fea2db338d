import { expect, onTestFinished, test } from 'vitest';
import { announceProposals } from '../../src/bot/announce-proposals.ts';
import { openSqlite } from '../../src/database/open-sqlite.ts';
import { approve } from '../../src/desk/approval/approve.ts';
import type { Approval } from '../../src/desk/approval/judge-item.ts';
import { propose } from '../../src/desk/approval/propose.ts';
import { doubtAll } from '../../src/outbox/doubt-all.ts';
import { makeDiscordRest } from '../../src/publishers/discord-rest.ts';
import type { StoredMessage } from '../fakes/discord/message.ts';
import type { FakeDiscord } from '../fakes/discord/server.ts';
import { startForTest } from '../fakes/discord/test-kit.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SILENCE: Approval = { kind: 'after', hours: 48 };

type Rig = {
  readonly discord: FakeDiscord;
  readonly channelId: string;
  readonly desk: TestDesk;
  keep(number: number): Promise<void>;
  announce(): Promise<void>;
  boards(): readonly StoredMessage[];
  /** Restores the ledger as it stands, and gives what the channel was sent since, some rounds later. */
  restore(): Promise<string[]>;
};

/** Editors with a channel on a local Discord, over a ledger that can be restored. */
async function makeRig(approval: Approval): Promise<Rig> {
  const temp = makeTempDatabase();
  const { discord } = await startForTest({ rateLimits: false, callbackDeadlineMs: 15_000 });
  const channelId = discord.addChannel();
  const desk = makeTestDesk(temp, { scheduled: [BLUESKY], approval });
  const editors = { guildId: discord.guildId, channelId, roles: [], users: [] };
  const rest = makeDiscordRest({ token: discord.token, api: discord.apiUrl });
  const tools = { rest, desk: { ...desk, editors }, log: makeRecordLog() };
  const announce = async (): Promise<void> => {
    await announceProposals(tools, await propose(desk, true));
  };
  return {
    discord,
    channelId,
    desk,
    announce,
    keep: async (number) => {
      const options = { findings: [], isSample: false, isRevision: true, isApproved: false };
      const issue = makeIssue({ number, papers: ['Alpha', 'Beta'] });
      await desk.archive.save(issue, { ...options, at: desk.clock.now() });
    },
    boards: () => discord.messages(channelId),
    restore: async () => {
      const sqlite = openSqlite(temp.file);
      onTestFinished(() => {
        sqlite.close();
      });
      doubtAll(sqlite, { from: undefined, now: desk.clock.now() });
      const before = discord.requests.length;
      for (let round = 0; round < 3; round += 1) await announce();
      const since = discord.requests.slice(before);
      return since.map(({ method }) => method).filter((method) => method !== 'GET');
    },
  };
}

/** Three issues that were approved and closed, and one that is asked about. */
async function makeClosed(approval: Approval): Promise<Rig> {
  const rig = await makeRig(approval);
  for (const number of [7, 8, 9]) {
    await rig.keep(number);
    await rig.announce();
    await approve(rig.desk, String(number));
  }
  rig.desk.clock.advance(15 * DAY_MS);
  await rig.announce();
  await rig.keep(10);
  await rig.announce();
  return rig;
}

test('a restore leaves the messages about old issues as they stand', async () => {
  const rig = await makeClosed({ kind: 'always' });
  const before = rig.boards().map(({ embeds }) => embeds);

  const sent = await rig.restore();

  expect(sent).toEqual(['PATCH']);
  expect(rig.boards().map(({ embeds }) => embeds)).toEqual(before);
});

test('a restore sends no message about an issue again where silence approves', async () => {
  const rig = await makeClosed(SILENCE);

  const sent = await rig.restore();

  expect(new Set(sent)).toEqual(new Set(['PATCH']));
  expect(rig.boards()).toHaveLength(4);
  expect(JSON.stringify(rig.boards())).not.toContain('has been corrected');
});

test('a message whose last edit came after the backup is closed once more, and not sent again', async () => {
  const rig = await makeRig({ kind: 'always' });
  await rig.keep(7);
  await rig.announce();
  const { proposal } = await rig.desk.verdicts.read(7);
  rig.desk.clock.advance(15 * DAY_MS);
  await rig.announce();
  if (proposal === undefined) throw new Error('nobody was asked');
  await rig.desk.verdicts.saveMessage(7, 1, proposal);

  const sent = await rig.restore();

  expect(sent).toEqual(['PATCH']);
  expect(rig.boards()).toHaveLength(1);
});

test.each([{ kind: 'always' } as const, SILENCE])(
  'a message that somebody has deleted stays away after a restore ($kind)',
  async (approval) => {
    const rig = await makeRig(approval);
    await rig.keep(7);
    await rig.announce();
    const [board] = rig.boards();
    rig.discord.removeMessage(rig.channelId, board?.id ?? '');
    await approve(rig.desk, '7');
    await rig.announce();

    const sent = await rig.restore();

    expect(sent).toEqual([]);
    expect(rig.boards()).toEqual([]);
  },
);

test('an old issue that was asked about without a channel comes to none after a restore', async () => {
  const rig = await makeRig({ kind: 'always' });
  await rig.keep(7);
  await propose(rig.desk, false);
  rig.desk.clock.advance(15 * DAY_MS);

  const sent = await rig.restore();

  expect(sent).toEqual([]);
});
