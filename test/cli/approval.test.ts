import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runAct } from '../../src/cli/act.ts';
import { runApprove } from '../../src/cli/approve.ts';
import type { CliContext, ExitCode } from '../../src/cli/context.ts';
import { runEdit } from '../../src/cli/edit.ts';
import { runHistory } from '../../src/cli/history.ts';
import { runImport } from '../../src/cli/import.ts';
import { runOrder } from '../../src/cli/order.ts';
import { runPost } from '../../src/cli/post.ts';
import { runStatus } from '../../src/cli/status.ts';
import { propose } from '../../src/desk/approval/propose.ts';
import { reviewIssue } from '../../src/desk/approval/review-issue.ts';
import { findIssue } from '../../src/desk/find-issue.ts';
import { readPlan } from '../../src/desk/plan/read-plan.ts';
import { queuePost } from '../../src/desk/post.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, keep, makeTestDesk, type TestDesk } from '../support/make-test-desk.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { makeTerminal } from './terminal.ts';

type Told = { readonly code: ExitCode; readonly text: string; readonly notes: string };

async function makeDesk(parts: Parameters<typeof makeTestDesk>[1] = {}): Promise<TestDesk> {
  const desk = makeTestDesk(makeTempDatabase(), {
    scheduled: [BLUESKY],
    approval: { kind: 'always' },
    ...parts,
  });
  await keep(desk, makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'] }));
  return desk;
}

async function run(
  desk: TestDesk,
  command: (context: CliContext) => Promise<ExitCode>,
  input = '',
): Promise<Told> {
  const terminal = makeTerminal(desk, undefined, input);
  const code = await command(terminal.context);
  return { code, text: terminal.read(), notes: terminal.readNotes() };
}

/** How each item of the issue stands: "paper/alpha ready". */
async function tellStanding(desk: TestDesk): Promise<string[]> {
  const { items } = await reviewIssue(desk, await findIssue(desk, '7'));
  return items.map(({ item, standing }) => `${item} ${standing}`);
}

describe('paperboy approve', () => {
  it('approves one paper, and says what waits still and when it goes out', async () => {
    const desk = await makeDesk();

    const { code, text, notes } = await run(desk, (one) => runApprove(one, '7', { paper: 'beta' }));

    expect(code).toBe(0);
    expect(text).toBe(
      '✓ #7 is approved: Beta\n? waits still: 2 papers and the digest\n    → paperboy approve 7\n',
    );
    expect(notes).toMatch(
      /^First post Tue, Nov 24, 09:00 \(or Wed, Nov 25, 09:00, if what waits before it is approved\) to bluesky: Beta;/,
    );
    expect(await tellStanding(desk)).toEqual([
      'paper/alpha waits',
      'paper/beta ready',
      'paper/gamma waits',
      'digest waits',
    ]);
  });

  it('says who did it before, and leaves what somebody holds', async () => {
    const desk = await makeDesk();
    await run({ ...desk, actor: 'ada' }, (one) => runApprove(one, '7', { paper: 'alpha' }));
    await run(desk, (one) => runAct(one, 'hold', '7', { paper: 'beta' }));

    const first = await run(desk, (one) => runApprove(one, '7', {}));
    const again = await run(desk, (one) => runApprove(one, '7', {}));
    const json = await run(desk, (one) => runApprove(one, '7', { json: true }));

    expect(first.text).toContain('✓ #7 is approved: Gamma and the digest\n');
    expect(first.text).toContain('✓ Alpha: approved before, by ada, Mon, Nov 23, 10:00.\n');
    expect(first.text).toContain('‖ held: Beta\n    → paperboy release 7 --paper beta\n');
    expect(again.text).toContain('✓ Gamma and the digest: approved before, by editor,');
    expect([first.code, again.code]).toEqual([0, 0]);
    expect(JSON.parse(json.text)).toMatchObject({
      issue: 7,
      changed: [],
      before: [{ item: 'paper/alpha', by: 'ada' }, { by: 'editor' }, { by: 'editor' }],
    });
  });

  it.each([
    [{ paper: 'delta' }, 'paper.not-found'],
    [{ news: true }, 'item.not-found'],
    [{ paper: 'alpha', digest: true }, 'items.ambiguous'],
  ] as const)('refuses %j with %s', async (options, code) => {
    const desk = await makeDesk();

    await expect(run(desk, (one) => runApprove(one, '7', options))).rejects.toMatchObject({ code });
  });
});

describe('paperboy hold and release', () => {
  it('holds what is not queued yet, and says so', async () => {
    const desk = await makeDesk({ approval: { kind: 'never' } });

    const hold = await run(desk, (one) => runAct(one, 'hold', '7', { paper: 'alpha' }));
    const planned = (await readPlan(desk)).entries.map(({ item }) => item);
    const again = await run(desk, (one) => runAct(one, 'hold', '7', { paper: 'alpha' }));
    const release = await run(desk, (one) => runAct(one, 'release', '7', { paper: 'alpha' }));

    expect([hold.code, again.code, release.code]).toEqual([0, 0, 0]);
    expect(hold.text).toMatch(/^✓ #7 is held until it is released: Alpha\n/);
    expect(hold.notes).toContain('Nothing of it waits in the queue.\n');
    expect(hold.notes).toContain('To let it go out: paperboy release 7 --paper alpha\n');
    expect(planned).toEqual(['paper/beta', 'paper/gamma']);
    expect(again.text).toMatch(/^✓ Alpha: held before, by editor, Mon, Nov 23, 10:00\.\n/);
    expect(release.text).toBe('✓ #7 is released, and approved by that: Alpha\n');
    expect(release.notes).toMatch(/First post Tue, Nov 24, 09:00 to bluesky: Alpha;/);
  });

  it('holds what waits in the ledger with it, and lets both go', async () => {
    const desk = await makeDesk();
    const at = new Date('2026-11-30T09:00:00.000Z');
    await queuePost(desk, '7', { paper: 'alpha', at });

    const hold = await run(desk, (one) => runAct(one, 'hold', '7', {}));
    const held = (await desk.outbox.list()).map(({ state }) => state);
    const release = await run(desk, (one) => runAct(one, 'release', '7', {}));

    expect([hold.code, release.code]).toEqual([0, 0]);
    expect(hold.text).toContain('✓ Alpha → bluesky is held until it is released\n');
    expect(held).toEqual(['held']);
    expect(release.text).toContain('✓ Alpha → bluesky is in line again\n');
    expect((await desk.outbox.list()).map(({ state }) => state)).toEqual(['planned']);
  });

  it('approves nothing by a release that nobody held', async () => {
    const desk = await makeDesk();
    await run(desk, (one) => runAct(one, 'hold', '7', { paper: 'alpha' }));

    const { code, text } = await run(desk, (one) => runAct(one, 'release', '7', {}));
    const beta = await run(desk, (one) => runAct(one, 'release', '7', { paper: 'beta' }));

    expect([code, beta.code]).toEqual([0, 0]);
    expect(text).toContain('? waits for an editor: 2 papers and the digest\n');
    expect(beta.text).toContain('✓ #7: nothing of it is held.\n');
    expect(beta.text).toContain('→ paperboy approve 7 --paper beta\n');
    expect(await tellStanding(desk)).toEqual([
      'paper/alpha ready',
      'paper/beta waits',
      'paper/gamma waits',
      'digest waits',
    ]);
  });

  it('says that there is nothing to hold of what went out everywhere', async () => {
    const desk = await makeDesk();
    await run(desk, (one) => runPost(one, '7', { paper: 'alpha' }));

    const { code, notes } = await run(desk, (one) => runAct(one, 'hold', '7', { paper: 'alpha' }));

    expect(code).toBe(1);
    expect(notes).toContain('1 post of it went out before, which this does not change');
  });

  it('keeps to the ledger where a place is named', async () => {
    const desk = await makeDesk();
    const options = { paper: 'alpha', to: 'bluesky' };

    const nothing = run(desk, (one) => runAct(one, 'hold', '7', options));
    await expect(nothing).rejects.toMatchObject({ code: 'delivery.not-found' });
    await queuePost(desk, '7', { paper: 'alpha', at: new Date('2026-11-30T09:00:00.000Z') });
    const { code } = await run(desk, (one) => runAct(one, 'hold', '7', options));

    expect(code).toBe(0);
    expect((await tellStanding(desk))[0]).toBe('paper/alpha waits');
  });
});

describe('paperboy order', () => {
  it('puts papers first everywhere, whatever the order of the schedule', async () => {
    const desk = await makeDesk({ approval: { kind: 'never' }, programme: { order: 'likes' } });

    const first = await run(desk, (one) => runOrder(one, '7', ['gamma', 'beta', 'gamma'], {}));
    const again = await run(desk, (one) => runOrder(one, '7', ['gamma', 'beta'], {}));

    expect([first.code, again.code]).toEqual([0, 0]);
    expect(first.text).toBe('✓ #7 goes out in this order:\n  1  Gamma\n  2  Beta\n  3  Alpha\n');
    expect(again.text).toMatch(/^✓ #7 goes out in this order already:/);
    expect((await readPlan(desk)).entries.map(({ title }) => title)).toEqual([
      'Gamma',
      'Beta',
      'Alpha',
    ]);
    const { decisions } = await desk.verdicts.read(7);
    expect(decisions.map(({ verb }) => verb)).toEqual(['arrange']);
  });

  it('marks what does not go out, and says how it would', async () => {
    const desk = await makeDesk({ approval: { kind: 'never' } });
    await queuePost(desk, '7', { paper: 'alpha' });
    await desk.courier.deliverNext([BLUESKY.key]);
    await queuePost(desk, '7', { paper: 'beta', at: new Date('2026-11-30T09:00:00.000Z') });
    await run(desk, (one) => runAct(one, 'cancel', '7', { paper: 'beta' }));
    await run(desk, (one) => runAct(one, 'hold', '7', { paper: 'gamma' }));

    const { text } = await run(desk, (one) => runOrder(one, '7', ['gamma'], {}));
    const json = JSON.parse(
      (await run(desk, (one) => runOrder(one, '7', [], { json: true }))).text,
    );

    expect(text.replace(/[0-9a-f]{8}/, 'ID')).toBe(
      '✓ #7 goes out in this order:\n' +
        '  1  Gamma\n    · held: paperboy release 7 --paper gamma\n' +
        '  2  Alpha\n    · sent to bluesky\n' +
        '  3  Beta\n    · cancelled at bluesky: paperboy retry ID\n',
    );
    expect(json.items).toMatchObject([
      { item: 'paper/gamma', standing: 'held', done: [] },
      { item: 'paper/alpha', done: [{ destination: 'bluesky', state: 'sent', command: null }] },
      {
        item: 'paper/beta',
        done: [
          { state: 'cancelled', command: expect.stringMatching(/^paperboy retry [0-9a-f]{8}$/) },
        ],
      },
    ]);
  });

  it('holds against the likes also where it is the order in print', async () => {
    const desk = await makeDesk({ approval: { kind: 'never' }, programme: { order: 'likes' } });
    const issue = makeIssue({ papers: ['Alpha', 'Beta'] });
    const papers = issue.papers.map((paper, index) => ({ ...paper, likes: index * 100 }));
    await keep(desk, { ...issue, papers });
    const before = (await readPlan(desk)).entries.map(({ title }) => title);

    await run(desk, (one) => runOrder(one, '7', ['alpha'], {}));

    expect(before).toEqual(['Beta', 'Alpha']);
    expect((await readPlan(desk)).entries.map(({ title }) => title)).toEqual(['Alpha', 'Beta']);
  });
});

describe('paperboy post', () => {
  it('approves what is asked for, and says so', async () => {
    const desk = await makeDesk();

    const { code, notes } = await run(desk, (one) => runPost(one, '7', { paper: 'alpha' }));

    expect(code).toBe(0);
    expect(notes).toContain('Approved by that: Alpha.\n');
    expect((await tellStanding(desk)).slice(0, 2)).toEqual([
      'paper/alpha ready',
      'paper/beta waits',
    ]);
    const { decisions } = await desk.verdicts.read(7);
    expect(decisions.map(({ verb, item }) => `${verb} ${item}`)).toEqual([
      'approve paper/alpha',
      'post paper/alpha',
    ]);
  });

  it('leaves what is held of a whole issue, and says who holds it', async () => {
    const desk = await makeDesk();
    await run({ ...desk, actor: 'bo' }, (one) => runAct(one, 'hold', '7', { paper: 'beta' }));

    const all = await run(desk, (one) => runPost(one, '7', {}));
    const items = (await desk.outbox.list()).map(({ item }) => item).sort();

    expect(all.code).toBe(0);
    expect(all.notes).toContain(
      'Beta is held by bo since Mon, Nov 23, 10:00, and is left so: paperboy release 7 --paper beta',
    );
    expect(items).toEqual(['paper/alpha', 'paper/gamma']);
  });
});

describe('paperboy edit', () => {
  it('writes down who did, and what was approved stays approved', async () => {
    const desk = await makeDesk();
    await run(desk, (one) => runApprove(one, '7', { paper: 'alpha' }));
    const options = { paper: 'alp', to: 'bluesky' };

    const edit = await run(
      { ...desk, actor: 'ada' },
      (one) => runEdit(one, '7', undefined, options),
      'Words of my own.',
    );
    const digest = await run(
      desk,
      (one) => runEdit(one, '7', undefined, { to: 'bluesky' }),
      'This week in short.',
    );

    expect([edit.code, digest.code]).toEqual([0, 0]);
    expect(edit.text).toContain('✓ #7 is kept as revision 2.\n');
    expect(await tellStanding(desk)).toContain('paper/alpha ready');
    expect(await tellStanding(desk)).toContain('digest waits');
    const { decisions } = await desk.verdicts.read(7);
    expect(decisions.map(({ verb, actor, item }) => `${verb} ${item} ${actor}`)).toEqual([
      'approve paper/alpha editor',
      'edit paper/alpha ada',
      'approve paper/alpha ada',
      'edit digest editor',
    ]);
  });
});

describe('paperboy import', () => {
  const yaml = JSON.stringify(makeIssue({ number: 8, papers: ['Delta'] }));

  async function importInto(desk: TestDesk, isJson = false): Promise<Told> {
    const file = join(makeTempFolder(), 'issue.json');
    await writeFile(file, yaml);
    return run(desk, (one) => runImport(one, file, { json: isJson }));
  }

  it('says when the first of it is posted', async () => {
    const desk = await makeDesk({ approval: { kind: 'never' } });

    const { code, notes } = await importInto(desk);

    expect(code).toBe(0);
    // A place that was never planned begins with the newest issue.
    expect(notes).toContain(
      'First post Tue, Nov 24, 09:00 to bluesky: Delta; all of it: paperboy plan',
    );
  });

  it('says that it waits for approval, and how it gets it', async () => {
    const told = await importInto(await makeDesk());
    const json = await importInto(await makeDesk({ approval: { kind: 'after', hours: 12 } }), true);

    expect(told.notes).toContain(
      'Proposed, and waits for an editor: Delta and the digest; nothing of it goes out before. Approve it: paperboy approve 8',
    );
    expect(JSON.parse(json.text).next).toEqual({
      kind: 'waits',
      approvesAt: null,
      command: 'paperboy approve 8',
    });
  });
});

describe('paperboy status', () => {
  it('says what waits for an editor, since when, and when it approves itself', async () => {
    const desk = await makeDesk({ approval: { kind: 'after', hours: 12 } });
    await propose(desk, false);
    desk.clock.advance(60_000);

    const { text } = await run(desk, (one) => runStatus(one, {}));

    expect(text).toContain(
      'Waits for an editor\n? #7 Small steps: 3 papers, since Mon, Nov 23, 10:00\n    → paperboy approve 7; by itself Mon, Nov 23, 22:00\n',
    );
    expect(text).not.toContain('Nothing needs a person');
    expect(text).toContain('  Tue, Nov 24, 09:00  waits  bluesky  #7 Alpha\n');
  });

  it('shows what is next of the plan and what is held, and fits on a screen', async () => {
    const desk = await makeDesk({ approval: { kind: 'never' } });
    await run(desk, (one) => runAct(one, 'hold', '7', { paper: 'alpha' }));

    const { text } = await run(desk, (one) => runStatus(one, {}));
    const json = JSON.parse((await run(desk, (one) => runStatus(one, { json: true }))).text);

    expect(text).toContain('paperboy start\nHeld\n‖ #7 Alpha, by editor,');
    expect(text).toContain('  Tue, Nov 24, 09:00  plan  bluesky  #7 Beta\n');
    expect(text.split('\n').length).toBeLessThan(24);
    expect(json).toMatchObject({
      proposed: [],
      heldItems: [{ item: 'paper/alpha', by: 'editor' }],
      upcoming: [{ item: 'paper/beta', standing: 'planned' }, { item: 'paper/gamma' }],
      nextSlot: '2026-11-24T08:00:00.000Z',
    });
  });
});

describe('paperboy history', () => {
  it('tells what was decided about an issue, and by whom', async () => {
    const desk = await makeDesk();
    await run({ ...desk, actor: 'ada' }, (one) => runApprove(one, '7', { paper: 'alpha' }));
    await run(desk, (one) => runPost(one, '7', { paper: 'beta' }));

    const { code, text } = await run(desk, (one) => runHistory(one, '7', {}));

    expect(code).toBe(0);
    expect(text).toContain('  Mon, Nov 23, 10:00  alpha approved by ada\n');
    expect(text).toContain('  Mon, Nov 23, 10:00  beta posted by editor\n');
    expect(text).toMatch(/ {2}[0-9a-f]{8} {2}Beta → bluesky \(\d+ posts?\)/);
  });
});

describe('paperboy history of an issue that nobody has touched', () => {
  it('says that it waits for an editor, since when, and how it is approved', async () => {
    const desk = await makeDesk();
    await propose(desk, false);
    desk.clock.advance(60_000);

    const { code, text } = await run(desk, (one) => runHistory(one, 'latest', {}));
    const json = JSON.parse((await run(desk, (one) => runHistory(one, '7', { json: true }))).text);

    expect(code).toBe(0);
    expect(text).toBe(
      '#7 Small steps\n  Nothing was decided or posted yet: it waits for an editor since Mon, Nov 23, 10:00.\n    → paperboy approve 7\n',
    );
    expect(json).toEqual({
      issue: 7,
      decisions: [],
      deliveries: [],
      waitsFor: 'editor',
      since: '2026-11-23T09:00:00.000Z',
      firstAt: '2026-11-24T08:00:00.000Z',
      command: 'paperboy approve 7',
    });
  });

  it('says when the clock posts it, or that it does not', async () => {
    const never = { approval: { kind: 'never' } } as const;
    const planned = await makeDesk(never);
    const alone = await makeDesk({ ...never, scheduled: [] });

    const slot = await run(planned, (one) => runHistory(one, '#7', {}));
    const none = await run(alone, (one) => runHistory(one, '7', {}));

    expect([slot.code, none.code]).toEqual([0, 0]);
    expect(slot.text).toContain(
      'it waits since Mon, Nov 23, 10:00, and the clock posts the first of it Tue, Nov 24, 09:00.\n    → paperboy plan\n',
    );
    expect(none.text).toContain(
      'the clock posts nothing of it in four weeks.\n    → why: paperboy plan; to post it now: paperboy post 7\n',
    );
  });

  it('leaves an issue that is not there an error, and one that is queued to its deliveries', async () => {
    const desk = await makeDesk();
    await queuePost(desk, '7', { paper: 'alpha', at: new Date('2026-11-30T09:00:00.000Z') });

    const missing = run(desk, (one) => runHistory(one, '8', {}));
    await expect(missing).rejects.toMatchObject({ code: 'issue.not-found' });
    const { text } = await run(desk, (one) => runHistory(one, '7', {}));

    expect(text).toMatch(/^Alpha → bluesky\n/);
  });
});
