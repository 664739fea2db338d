import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFindings } from '../../src/cli/watch-sources.ts';
import { type Filed, takeDropped, watchFolder } from '../../src/desk/watch-folder.ts';
import { makeInbox } from '../../src/sources/inbox.ts';
import { makeTestDesk } from '../support/make-test-desk.ts';
import { makeRecordLog } from '../support/record-log.ts';
import { makeTempDatabase } from '../support/temp-database.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const sample = readFileSync(new URL('../../issues/issue-093.txt', import.meta.url), 'utf8');

const otherSample = readFileSync(new URL('../../issues/issue-102.txt', import.meta.url), 'utf8');
const body = readFileSync(new URL('../issue/forms/issue-rss-body.html', import.meta.url), 'utf8');

function makeWatch() {
  const folder = makeTempFolder();
  const temp = makeTempDatabase();
  const desk = makeTestDesk(temp);
  const log = makeRecordLog();
  const told: Filed[] = [];
  const watch = {
    inbox: makeInbox(folder),
    log,
    describe: describeFindings,
    tell: (filed: Filed) => told.push(filed),
  };
  const drop = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  /** Looks until everything that stands still is worked off. */
  const take = async (): Promise<boolean> => {
    await takeDropped(desk, watch);
    desk.clock.advance(1_000);
    return takeDropped(desk, watch);
  };
  return { folder, temp, desk, log, told, watch, drop, take };
}

describe('watchFolder', () => {
  it('imports, says so, and puts the file away', async () => {
    const { folder, desk, log, told, drop, take } = makeWatch();
    drop('issue.txt', sample);

    await take();

    expect((await desk.archive.readLatest())?.issue.number).toBe(93);
    expect(told).toMatchObject([
      { name: 'issue.txt', movedTo: join('imported', 'issue.txt'), results: [{ saved: 'new' }] },
    ]);
    expect(log.lines).toMatchObject([{ event: 'inbox.imported', fields: { issue: 93 } }]);
    expect(existsSync(join(folder, 'issue.txt'))).toBe(false);
  });

  it('takes the same file again for what it is', async () => {
    const { folder, desk, told, drop, take } = makeWatch();
    drop('issue.txt', sample);
    await take();
    drop('issue.txt', sample);
    await take();

    expect(told.flatMap(({ results }) => results.map(({ saved }) => saved))).toEqual([
      'new',
      'unchanged',
    ]);
    expect(readdirSync(join(folder, 'imported'))).toContain('issue-2.txt');
    expect((await desk.archive.readLatest())?.revision).toBe(1);
  });

  it('takes a corrected issue for its next revision', async () => {
    const { desk, told, drop, take } = makeWatch();
    drop('issue.txt', sample);
    await take();
    drop('other.txt', sample.replace('Squeeze a language model', 'Press a language model'));
    await take();

    expect(told.at(-1)?.results).toMatchObject([
      { saved: 'revised', changes: [{ details: ['1 of 4 paragraphs changed'] }] },
    ]);
    expect((await desk.archive.readLatest())?.revision).toBe(2);
  });

  it('rejects another issue under a number that is taken, and says what to do', async () => {
    const { folder, desk, drop, take } = makeWatch();
    drop('issue.txt', sample);
    await take();
    drop('other.txt', otherSample.replace('#102', '#93'));
    await take();

    const report = readFileSync(join(folder, 'rejected', 'other.txt.findings.txt'), 'utf8');
    expect(report).toContain('other.txt: error [issue.number-taken]');
    expect(report).toContain('--revise');
    expect((await desk.archive.readLatest())?.revision).toBe(1);
  });

  it('imports every issue of a feed that is dropped, oldest first', async () => {
    const { told, drop, take } = makeWatch();
    const item = (number: number, day: number): string =>
      `<item><guid>${number}</guid><title>T</title><pubDate>Tue, ${day} Feb 2026 10:00:00 GMT</pubDate><content:encoded><![CDATA[${body.replace('#93', `#${number}`)}]]></content:encoded></item>`;
    const teaser = '<item><guid>9</guid><title>Soon</title><description>Soon.</description></item>';
    drop(
      'many.rss',
      `<rss xmlns:content="c"><channel>${teaser}${item(94, 10)}${item(93, 3)}</channel></rss>`,
    );
    await take();

    expect(told.flatMap(({ results }) => results.map(({ issue }) => issue?.number))).toEqual([
      93, 94,
    ]);
    expect(told[0]?.results[0]?.findings.map(({ code }) => code)).toContain('feed.entry-stub');
  });

  it.each([
    ['empty.txt', ''],
    ['huge.md', 'a'.repeat(10 * 1024 * 1024 + 1)],
    ['picture.txt', '\0PNG\0'],
    ['feed.rss', '<rss>'.repeat(1_000)],
  ])('rejects %s', async (name, text) => {
    const { folder, desk, drop, take } = makeWatch();
    drop(name, text);
    await take();

    expect(readdirSync(join(folder, 'rejected'))).toContain(name);
    expect(await desk.archive.list()).toEqual([]);
  });

  it('leaves a file where it is while the archive fails', async () => {
    const { folder, temp, log, drop, take, told } = makeWatch();
    drop('issue.txt', sample);
    await temp.database.schema.alterTable('issues').renameTo('away').execute();
    expect(await take()).toBe(false);
    expect(log.lines).toMatchObject([{ level: 'error', event: 'inbox.failed' }]);
    expect(readdirSync(folder)).toEqual(['issue.txt']);

    await temp.database.schema.alterTable('away').renameTo('issues').execute();

    expect(await take()).toBe(true);
    expect(told).toMatchObject([{ results: [{ saved: 'new' }] }]);
  });

  it('stops on its signal', async () => {
    const { desk, watch, drop, told } = makeWatch();
    const stop = new AbortController();
    drop('issue.txt', sample);

    const tell = (filed: Filed): void => {
      told.push(filed);
      stop.abort();
    };
    await watchFolder(desk, { ...watch, tell }, stop.signal);

    expect(told).toHaveLength(1);
  });
});
