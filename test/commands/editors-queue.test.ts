import { expect, test } from 'vitest';
import { writePause } from '../../commands/editors/parts/write-pause.ts';
import type { ReplyBody } from '../../commands/parts/reply.ts';
import { approve } from '../../src/desk/approval/approve.ts';
import { holdItems } from '../../src/desk/approval/hold-items.ts';
import { planSlots } from '../../src/desk/plan/plan-slots.ts';
import { readPlan } from '../../src/desk/plan/read-plan.ts';
import { queuePost } from '../../src/desk/post.ts';
import { makeFakePlatform } from '../support/fake-platform.ts';
import { makeIssue } from '../support/make-issue.ts';
import { BLUESKY, DISCORD } from '../support/make-test-desk.ts';
import {
  findEditorCommand,
  makeEditorAsk,
  makeEditorDesk,
  type TestEditorDesk,
} from './editor-desk.ts';

const DAY_MS = 24 * 3_600_000;

async function ask(desk: TestEditorDesk, name: string): Promise<string> {
  const reply = await findEditorCommand(name).answer?.(makeEditorAsk(desk));
  const { embeds } = (reply as { readonly body: ReplyBody }).body;
  return (embeds ?? [])
    .map((embed) => ('description' in embed ? embed.description : ''))
    .join('\n');
}

test('/queue and /status mark what makes up for missed slots, and what a paused place has', async () => {
  const publisher = makeFakePlatform().makePublisher({
    find: () => 'answers',
    publish: () => ({ kind: 'is closed', posts: 0 }),
  });
  const approval = { kind: 'never' } as const;
  const issue = makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'] });
  const desk = await makeEditorDesk([issue], [], { approval, publisher });
  await planSlots(desk);
  await queuePost(desk, '7', { paper: 'alpha', to: BLUESKY.name });
  await desk.courier.deliverNext([BLUESKY.key]);
  desk.clock.advance(2 * DAY_MS);
  const [pause] = await desk.outbox.listPauses();

  const queue = (await ask(desk, 'queue')).split('\n');
  const status = await ask(desk, 'status');

  const linesOf = (name: string): string[] =>
    queue.filter((line) => line.includes(` · ${name} · `));
  expect(queue[0]).toBe(`⚠️ bluesky is paused: ${pause?.reason} → ${pause?.remedy}`);
  expect(linesOf(BLUESKY.name).length).toBeGreaterThan(1);
  for (const line of linesOf(BLUESKY.name))
    expect(line).toContain('once the place is no longer paused');
  expect(linesOf(DISCORD.name)[0]).toMatch(/\(makes up for missed slots\)$/);
  for (const line of linesOf(DISCORD.name).slice(1)) expect(line).not.toContain('(');
  expect(status).toContain('(makes up for missed slots)');
});

test('/status lists what is queued and what is planned by time, and what waits needs an editor', async () => {
  const issue = makeIssue({ papers: ['Alpha', 'Beta', 'Gamma'] });
  const desk = await makeEditorDesk([issue]);
  await planSlots(desk);
  await approve(desk, '7', { items: ['paper/alpha', 'paper/beta'] });
  const late = new Date(desk.clock.now().getTime() + 30 * 3_600_000);
  await queuePost(desk, '7', { paper: 'gamma', to: DISCORD.name, at: late });

  const waiting = await ask(desk, 'status');
  await approve(desk, '7', {});
  const decided = await ask(desk, 'status');

  const next = waiting.slice(waiting.indexOf('**Next**'));
  const times = [...next.matchAll(/• <t:(\d+):/g)].map(([, time]) => Number(time));
  expect(times.length).toBeGreaterThan(2);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(next).toContain('Gamma');
  expect(waiting).not.toContain('Nothing needs a person');
  expect(decided).toContain('Nothing needs a person');
});

test('/queue and /status name the issue of a digest once', async () => {
  const desk = await makeEditorDesk([makeIssue({ papers: ['Alpha'] })]);
  const at = new Date(desk.clock.now().getTime() + DAY_MS);
  await queuePost(desk, '7', { digest: 'issue', to: DISCORD.name, at });

  const told = [await ask(desk, 'queue'), await ask(desk, 'status')];
  await holdItems(desk, '7', { digest: 'issue' });
  told.push(await ask(desk, 'queue'), await ask(desk, 'status'));

  for (const text of told) {
    expect(text).toContain('Digest of #7');
    expect(text).not.toMatch(/#7 \**Digest of #7/);
  }
});

test('/queue tells what is held, by whom, and what finds no slot', async () => {
  const papers = ['Alpha', 'Beta', 'Gamma'];
  const desk = await makeEditorDesk([makeIssue({ papers })]);
  await planSlots(desk);
  await approve(desk, '7', {});
  await holdItems({ ...desk, actor: 'ada' }, '7', { paper: 'beta' });

  const queue = (await ask(desk, 'queue')).split('\n');

  expect(queue.filter((line) => line.includes('held by ada'))).toHaveLength(1);
  expect(queue.find((line) => line.includes('held by ada'))).toContain('Beta');
  // The digest and the news have no slots there.
  expect(queue.filter((line) => line.includes('no slot on'))).toEqual([]);
});

test('/queue counts what the coming weeks have no slot for', async () => {
  const papers = Array.from({ length: 40 }, (_, index) => `Paper ${index}`);
  const desk = await makeEditorDesk([makeIssue({ papers })]);
  await planSlots(desk);
  await approve(desk, '7', {});
  const plan = await readPlan(desk);
  const last = Math.ceil((plan.entries.length + 2) / 12);

  const pages = [];
  for (let page = 1; page <= last; page += 1) {
    const pressed = await findEditorCommand('queue').press?.(makeEditorAsk(desk), {
      state: `=${page}`,
      values: [],
    } as never);
    pages.push(JSON.stringify(pressed));
  }

  const told = pages.join('').match(/\d+ of #7 find no slot on \w+/g);
  const leftAt = (name: string): number =>
    plan.left.filter(({ destination }) => destination.name === name).length;
  expect(leftAt(BLUESKY.name)).toBeGreaterThan(1);
  expect(told).toEqual(
    [BLUESKY, DISCORD].map(({ name }) => `${leftAt(name)} of #7 find no slot on ${name}`),
  );
});

test('a long reason of a pause is shortened, and what can be done is not', async () => {
  const ask = makeEditorAsk(await makeEditorDesk([]));

  const line = writePause(ask, 'bluesky', { reason: 'why '.repeat(300), remedy: 'do this.' });

  expect(line.length).toBeLessThan(250);
  expect(line).toMatch(/ → do this\.$/);
});
