import { describe, expect, it } from 'vitest';
import { queueCorrections } from '../../src/desk/correct.ts';
import { deliverNow } from '../../src/desk/deliver-now.ts';
import { importToArchive } from '../../src/desk/import.ts';
import { queuePost } from '../../src/desk/post.ts';
import { writeYaml } from '../../src/issue/structured/write-yaml.ts';
import { PaperboyError } from '../../src/kit/errors.ts';
import { makeFakePlatform, type PublishFate, WORKS } from '../support/fake-platform.ts';
import { makeIssue } from '../support/make-issue.ts';
import { FOLDER, keep, type TestDesk } from '../support/make-test-desk.ts';
import { bringTo, makeDesk, NO_NOTE, tell } from './stage.ts';

const ALPHA = { paper: 'alpha' };
const REPLY = { how: 'reply', words: 'The name is Ito.' } as const;

async function makePosted(parts: Parameters<typeof makeDesk>[0] = {}): Promise<TestDesk> {
  const desk = await makeDesk(parts);
  const posted = await queuePost(desk, '7', ALPHA);
  await deliverNow(
    desk,
    posted.map(({ delivery }) => delivery.id),
    NO_NOTE,
  );
  return desk;
}

const revise = (desk: TestDesk, text = 'Corrected.'): Promise<void> =>
  keep(desk, makeIssue({ text }));

type Request = Parameters<typeof queueCorrections>[2];

async function correct(desk: TestDesk, request: Request = {}): Promise<string[]> {
  const acted = await queueCorrections(desk, '7', { ...ALPHA, ...request });
  await deliverNow(
    desk,
    acted.map(({ delivery }) => delivery.id),
    NO_NOTE,
  );
  return acted.map(({ delivery, outcome }) => `${delivery.destination.split('/')[0]} ${outcome}`);
}

async function catchError(run: () => Promise<unknown>): Promise<PaperboyError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof PaperboyError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const list = async (desk: TestDesk): Promise<string[]> =>
  (await desk.outbox.list())
    .map((one) => `${one.destination.split('/')[0]} r${one.revision} ${tell(one)}`)
    .sort();

describe('queueCorrections', () => {
  it('puts the newest words where the old ones are, each place in its way', async () => {
    const desk = await makePosted();
    const before = desk.platform.placed.length;
    await revise(desk);

    const outcomes = await correct(desk, { how: 'repost' });
    const again = await correct(desk, { how: 'repost' });

    expect(outcomes).toEqual(['folder done', 'bluesky done', 'discord done']);
    expect(again).toEqual(['folder already', 'bluesky already', 'discord already']);
    expect(await list(desk)).toEqual([
      'bluesky r1 retracted',
      'bluesky r2 sent',
      'discord r1 retracted',
      'discord r2 sent',
      'folder r1 retracted',
      'folder r2 sent',
    ]);
    expect(desk.platform.placed).toHaveLength(before);
    expect(desk.platform.placed.some(({ content }) => content.includes('simple'))).toBe(false);
  });

  it('asks an editor to choose where there are several ways, and queues nothing before', async () => {
    const desk = await makePosted();
    await revise(desk);

    const error = await catchError(() => correct(desk));

    expect(error.code).toBe('correction.unchosen');
    expect(error.remedy).toMatch(/--how repost: .*likes, replies and links/);
    expect(error.remedy).toMatch(/--how reply: .*--words/);
    expect(await list(desk)).toEqual(['bluesky r1 sent', 'discord r1 sent', 'folder r1 sent']);
  });

  it('answers with words of an editor, and leaves the thread as it is', async () => {
    const desk = await makePosted();
    await revise(desk);

    const outcomes = await correct(desk, { to: 'bluesky', ...REPLY });
    const second = await correct(desk, { to: 'bluesky', ...REPLY });

    expect(outcomes).toEqual(['bluesky done']);
    expect(second).toEqual(['bluesky already']);
    expect(await list(desk)).toContain('bluesky r1 sent');
    expect(desk.platform.placed.at(-1)?.content).toContain('The name is Ito.');
  });

  it.each([
    [{ to: 'bluesky', how: 'edit' }, 'correction.unsupported'],
    [{ to: 'discord', how: 'reply', words: 'x' }, 'correction.unsupported'],
    [{ to: 'bluesky', how: 'reply' }, 'words.missing'],
    [{ to: 'bluesky', how: 'reply', words: ' \n' }, 'words.missing'],
    [{ to: 'bluesky', how: 'reply', words: 'word '.repeat(100) }, 'own-text.misfit'],
    [{ to: 'mastodon' }, 'destination.unknown'],
    [{ paper: 'gamma' }, 'paper.not-found'],
  ] as const)('turns %j away as %s, and queues nothing', async (request, code) => {
    const desk = await makePosted();
    await revise(desk);

    const error = await catchError(() => correct(desk, request));

    expect(error.code).toBe(code);
    expect((await desk.outbox.list()).every(({ revision }) => revision === 1)).toBe(true);
  });

  it('has nothing to do where the words are the same, or nothing newer is kept', async () => {
    const desk = await makePosted();
    const early = await correct(desk);
    await keep(desk, { ...makeIssue(), subtitle: 'Only this is new' });

    const later = await correct(desk);

    expect(new Set([...early, ...later].map((one) => one.split(' ')[1]))).toEqual(
      new Set(['already']),
    );
    expect(await desk.outbox.list()).toHaveLength(3);
  });

  it('tells of an answer that stays behind when its thread is posted anew', async () => {
    const desk = await makePosted();
    await revise(desk);
    await correct(desk, { to: 'bluesky', ...REPLY });
    await revise(desk, 'Corrected twice.');

    const acted = await queueCorrections(desk, '7', { ...ALPHA, to: 'bluesky', how: 'repost' });

    expect(acted.map(({ outcome }) => outcome)).toEqual(['left', 'done']);
    expect(acted[0]?.command).toMatch(/^paperboy retract [0-9a-f]{8}$/);
  });

  it('cannot change what is there on a person’s word alone', async () => {
    const desk = await makeDesk({ scheduled: [FOLDER] });
    const { id } = await bringTo(desk, 'refused');
    const by = { actor: 'editor', now: desk.clock.now() };
    await desk.outbox.resolveSent(id, { posts: [] }, by);
    await revise(desk);

    const [acted] = await queueCorrections(desk, '7', ALPHA);

    const short = id.slice(0, 8);
    expect(acted).toMatchObject({
      outcome: 'failed',
      said: expect.stringMatching(/take it back, then post it anew$/),
      command: `paperboy retract ${short}, then: paperboy post 7 --paper alpha --to folder`,
    });
  });

  it('leaves a place alone where nothing is in place', async () => {
    const desk = await makePosted({ scheduled: [FOLDER] });
    const at = new Date('2026-12-01T09:00:00Z');
    await queuePost(desk, '7', { ...ALPHA, to: 'discord', at });
    await revise(desk);

    const outcomes = await correct(desk);

    expect(outcomes).toEqual(['folder done', 'discord left']);
  });

  it('queues again what was refused, cancelled or taken back of the same correction', async () => {
    const platform = makeFakePlatform();
    const fates: PublishFate[] = [WORKS, { kind: 'is refused', posts: 0 }];
    const publisher = platform.makePublisher({
      find: () => 'answers',
      publish: () => fates.shift() ?? WORKS,
    });
    const desk = { ...(await makePosted({ scheduled: [FOLDER], publisher })), platform };
    await revise(desk);
    await correct(desk);
    const refused = await list(desk);

    const outcomes = await correct(desk);

    expect(refused).toEqual(['folder r1 sent', 'folder r2 refused']);
    expect(outcomes).toEqual(['folder done']);
    expect(await list(desk)).toEqual(['folder r1 retracted', 'folder r2 sent']);
  });

  it('puts the newest of two corrections in place, whatever became of the first', async () => {
    const desk = await makePosted({ scheduled: [FOLDER] });
    await revise(desk);
    await queueCorrections(desk, '7', ALPHA);
    await revise(desk, 'Corrected twice.');

    const outcomes = await correct(desk);

    expect(outcomes).toEqual(['folder done', 'folder done']);
    expect(await list(desk)).toEqual([
      'folder r1 retracted',
      'folder r2 cancelled',
      'folder r3 sent',
    ]);
    expect(desk.platform.placed.every(({ content }) => content.includes('twice'))).toBe(true);
  });

  it('does not begin while an older correction is half in place', async () => {
    const platform = makeFakePlatform();
    const fates: PublishFate[] = [WORKS, { kind: 'is refused', posts: 0 }];
    const publisher = platform.makePublisher({
      find: () => 'answers',
      publish: () => fates.shift() ?? WORKS,
    });
    const desk = { ...(await makePosted({ scheduled: [FOLDER], publisher })), platform };
    await revise(desk);
    await correct(desk);
    await revise(desk, 'Corrected twice.');

    const [acted] = await queueCorrections(desk, '7', ALPHA);

    expect(acted).toMatchObject({ outcome: 'failed', delivery: { revision: 2 } });
    expect(acted?.command).toMatch(/^paperboy retry [0-9a-f]{8}, or paperboy retract/);
  });

  it('keeps an answer’s own words when a newer revision is imported before it goes out', async () => {
    const desk = await makePosted();
    await revise(desk);
    await queueCorrections(desk, '7', { ...ALPHA, to: 'bluesky', ...REPLY });
    const bytes = new TextEncoder().encode(writeYaml(makeIssue({ text: 'Third.' })));

    const { revised } = await importToArchive(desk, bytes, { isRevision: true, format: 'yaml' });

    expect(revised).toMatchObject([
      { action: 'left', reason: expect.stringContaining('words of its own') },
    ]);
  });
});
