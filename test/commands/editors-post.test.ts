import { expect, test } from 'vitest';
import { hashItem, hashPlace, writeView } from '../../commands/editors/parts/view-state.ts';
import post from '../../commands/editors/post.ts';
import { approve } from '../../src/desk/approval/approve.ts';
import { holdItems } from '../../src/desk/approval/hold-items.ts';
import type { EditorDesk } from '../../src/desk/editor-desk.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY } from '../support/make-test-desk.ts';
import { makeEditorAsk, makeEditorDesk, type TestEditorDesk } from './editor-desk.ts';

const ALPHA = { items: ['paper/alpha'] };
const VIEW = {
  issue: 7,
  revision: 1,
  item: hashItem('paper/alpha'),
  place: hashPlace(BLUESKY.name),
  page: 0,
};

async function makeDesk(): Promise<TestEditorDesk> {
  return makeEditorDesk([makeIssue({ papers: ['Alpha', 'Beta'] })]);
}

/** The desk of an editor at which something else happens just before it reads for the nth time. */
function meanwhile(desk: TestEditorDesk, nth: number, happens: () => Promise<unknown>): EditorDesk {
  let reads = 0;
  const read = async (issue: number) => {
    reads += 1;
    if (reads === nth) await happens();
    return desk.verdicts.read(issue);
  };
  return { ...desk, verdicts: { ...desk.verdicts, read } };
}

const holdAs = (desk: TestEditorDesk, actor: string) => () =>
  holdItems({ ...desk, actor }, '7', ALPHA);

const ways = [
  ['the button', { state: `!${writeView({ ...VIEW, verdict: 'approved' })}` }],
  ['the button of an older version', { state: `!${writeView(VIEW)}` }],
  ['the command', { options: { issue: 7, item: 'alpha' } }],
  ['the command for a time', { options: { issue: 7, item: 'alpha', at: '2026-11-25 11:30' } }],
] as const;

test.each(ways)(
  '%s posts nothing over the head of who begins to hold it meanwhile, and says so',
  async (_name, way) => {
    let isOver = false;
    for (let nth = 1; !isOver; nth += 1) {
      const desk = await makeDesk();
      await approve(desk, '7', {});
      let isHeld = false;
      const busy = meanwhile(desk, nth, async () => {
        isHeld = true;
        await holdAs(desk, 'bo')();
      });

      const answer =
        'state' in way
          ? await post.press(makeEditorAsk(busy), { state: way.state, values: [], isOwn: true })
          : await post.answer(makeEditorAsk(busy, way.options));

      isOver = !isHeld;
      const open = (await desk.outbox.list()).filter(({ state }) => state !== 'held');
      expect(open.length > 0, `read ${nth}`).toBe(isOver);
      if (isHeld) expect(JSON.stringify(answer?.body), `read ${nth}`).toMatch(/bo\b|bluesky: held/);
      if (isOver) expect(nth).toBeGreaterThan(3);
    }
  },
);

test('who posts what was seen to be held is told who held it', async () => {
  const desk = await makeDesk();
  await holdAs(desk, 'bo')();

  const state = `!${writeView({ ...VIEW, verdict: 'held' })}`;
  const answer = await post.press(makeEditorAsk(desk), { state, values: [], isOwn: true });

  expect(answer?.body.content).toMatch(/^bo had held it,.* released by this.\n.*goes out now/);
  expect(await desk.outbox.list()).toMatchObject([{ item: 'paper/alpha', state: 'planned' }]);
});
