import { describe, expect, it } from 'vitest';
import { queuePost } from '../../src/desk/post.ts';
import { checkLedger } from '../../src/doctor/check-ledger.ts';
import { makeFakePlatform } from '../support/fake-platform.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';

const HOUR_MS = 3_600_000;
const NO_FOLLOWS = { list: async () => [] };

async function makeDesk(parts: Parameters<typeof makeTestDesk>[1] = {}): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), { scheduled: [BLUESKY], ...parts });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'] }));
  return desk;
}

/** A line of each thing that is seen. */
async function look(desk: TestDesk): Promise<string[]> {
  const seen = await checkLedger({ ...desk, follows: NO_FOLLOWS });
  return seen.map(({ level, code, said }) => `${level} ${code} ${said}`);
}

describe('checkLedger', () => {
  it('tells of what is overdue and fails before a later slot', async () => {
    const publisher = makeFakePlatform().makePublisher({
      find: () => 'answers',
      publish: () => ({ kind: 'is unavailable', posts: 0 }),
    });
    const desk = await makeDesk({ publisher });
    await queuePost(desk, '7', { paper: 'alpha' });
    await desk.courier.deliverNext([BLUESKY.key]);

    const [overdue, next, ...others] = await look(desk);

    expect(others).toEqual([]);
    expect(overdue).toMatch(
      /^warning doctor\.overdue #7 Alpha → bluesky was due 23 Nov 2026, 10:00 and has not gone out: ./,
    );
    expect(next).toMatch(/^ok doctor\.next next: #7 Beta, /);
  });

  it('tells of what nobody has sent, and of no later one as if it were next', async () => {
    const desk = await makeDesk();
    const now = desk.clock.now().getTime();
    const at = (hours: number): Date => new Date(now + hours * HOUR_MS);
    await queuePost(desk, '7', { paper: 'alpha', at: at(1) });
    await queuePost(desk, '7', { paper: 'beta', at: at(4) });
    const before = await look(desk);
    desk.clock.advance(3 * HOUR_MS);

    const after = await look(desk);

    expect(before).toEqual([expect.stringMatching(/^ok doctor\.next next: #7 Alpha, /)]);
    expect(after).toEqual([
      'warning doctor.overdue #7 Alpha → bluesky was due 23 Nov 2026, 11:00 and has not gone out',
      'ok doctor.next next: #7 Beta, 23 Nov 2026, 14:00',
    ]);
  });

  it('names the issue of a digest once', async () => {
    const desk = await makeDesk();
    const at = new Date(desk.clock.now().getTime() + HOUR_MS);
    await queuePost(desk, '7', { digest: 'issue', at });

    expect(await look(desk)).toEqual(['ok doctor.next next: Digest of #7, 23 Nov 2026, 11:00']);
  });
});
