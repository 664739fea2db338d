import { afterAll, describe, expect, it } from 'vitest';
import { startFakeMastodon } from './server.ts';
import { countCharacters, renderContent } from './text.ts';

const HOUR_MS = 3_600_000;
let aheadMs = 0;
const fake = await startFakeMastodon({ now: () => new Date(Date.now() + aheadMs) });
afterAll(() => fake.close());

type Asked = { readonly status: number; readonly headers: Headers; readonly body: unknown };

async function ask(
  method: string,
  path: string,
  { token, body, key }: { token?: string; body?: object | FormData; key?: string } = {},
): Promise<Asked> {
  const isForm = body instanceof FormData;
  const answer = await fetch(`${fake.server}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type') === 'application/json';
  return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
}

const post = (token: string, body: object, key?: string): Promise<Asked> =>
  ask('POST', '/api/v1/statuses', { token, body, ...(key === undefined ? {} : { key }) });
const idOf = ({ body }: Asked): string => String((body as { id: unknown }).id);

describe('a status on the fake Mastodon', () => {
  it('is counted by grapheme clusters, addresses as 23, mentions without their host', () => {
    expect(countCharacters('👩‍👩‍👧 é', 23)).toBe(3);
    expect(countCharacters('(https://example.org/a/very/long/path/indeed?q=1).', 23)).toBe(26);
    expect(countCharacters('https://x.org', 30)).toBe(30);
    expect(countCharacters('hi @alice@social.example.org!', 23)).toBe(10);
  });

  it('is shown in paragraphs, with the hidden parts of an address in spans', () => {
    const html = renderContent('A & b\nc\n\n\nhttps://www.example.org/a/path/that/is/longer', '');

    expect(html).toBe(
      '<p>A &amp; b<br />c</p><p><a href="https://www.example.org/a/path/that/is/longer" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">https://www.</span><span class="ellipsis">example.org/a/path/that/is/lon</span><span class="invisible">ger</span></a></p>',
    );
  });

  it.each([
    [{ status: 'x'.repeat(501) }, 422, 'Validation failed: Text character limit of 500 exceeded'],
    [{ status: '  ' }, 422, "Validation failed: Text can't be blank"],
    [{ status: 'x', visibility: 'all' }, 422, "Validation failed: 'all' is not a valid visibility"],
    [
      { status: 'x', media_ids: ['1'] },
      422,
      'Media 1 not found or already attached to another post',
    ],
    [{ status: 'x', media_ids: [1, 2, 3, 4, 5] }, 422, 'Cannot attach more than 4 files'],
    [
      { status: 'x', in_reply_to_id: '1' },
      404,
      'The post you are trying to reply to does not appear to exist.',
    ],
  ])('is refused as Mastodon refuses it: %j', async (body, status, error) => {
    const { id, accessToken } = fake.addAccount();

    const answer = await post(accessToken, body);

    expect(answer).toMatchObject({ status, body: { error } });
    expect(fake.statuses(id)).toEqual([]);
  });

  it('may be as long as the limit, and carry parameters that nobody knows', async () => {
    const { accessToken } = fake.addAccount();

    const answer = await post(accessToken, { status: ` ${'x'.repeat(500)} `, nonsense: 1 });
    const source = await ask('GET', `/api/v1/statuses/${idOf(answer)}/source`, {
      token: accessToken,
    });

    expect(source.body).toEqual({ id: idOf(answer), text: 'x'.repeat(500), spoiler_text: '' });
  });

  it('is made once for a key, for an hour, and for each account', async () => {
    const one = fake.addAccount();
    const other = fake.addAccount();
    const make = (token: string) => post(token, { status: 'x' }, 'a-key');

    const ids = [await make(one.accessToken), await make(one.accessToken)].map(idOf);
    await make(other.accessToken);
    aheadMs += HOUR_MS + 1000;
    const later = idOf(await make(one.accessToken));

    expect(ids[0]).toBe(ids[1]);
    expect(later).not.toBe(ids[0]);
    expect([one, other].map(({ id }) => fake.statuses(id).length)).toEqual([2, 1]);
  });

  it('that was deleted answers its key with 404', async () => {
    const { accessToken } = fake.addAccount();
    const id = idOf(await post(accessToken, { status: 'x' }, 'a-key'));
    await ask('DELETE', `/api/v1/statuses/${id}`, { token: accessToken });

    const again = await post(accessToken, { status: 'x' }, 'a-key');

    expect(again).toMatchObject({ status: 404, body: { error: 'Record not found' } });
  });

  it('answers nothing any more once what it answered was deleted', async () => {
    const { id, accessToken } = fake.addAccount();
    const first = idOf(await post(accessToken, { status: 'x' }));
    await post(accessToken, { status: 'y', in_reply_to_id: first });
    fake.deleteStatus(first);

    expect(fake.statuses(id).map(({ inReplyToId }) => inReplyToId)).toEqual([null]);
  });

  it('has a history of its edits, but not of one that changes nothing', async () => {
    const { id, accessToken: token } = fake.addAccount();
    const path = `/api/v1/statuses/${idOf(await post(token, { status: 'x' }))}`;

    await ask('PUT', path, { token, body: { status: 'x' } });
    const same = fake.statuses(id)[0]?.history;
    await ask('PUT', path, { token, body: { status: 'y' } });

    expect(same).toEqual([]);
    expect(fake.statuses(id)[0]).toMatchObject({ text: 'y', history: ['x'] });
  });
});

describe('the door of the fake Mastodon', () => {
  it.each([
    ['an unknown token', 'unknown', 401, 'The access token is invalid'],
    ['no token', undefined, 401, 'The access token is invalid'],
    [
      'an application’s token',
      fake.addAppToken(),
      422,
      'This method requires an authenticated user',
    ],
    [
      'a token without the scope',
      fake.addAccount(['read']).accessToken,
      403,
      'This action is outside the authorized scopes',
    ],
  ])('turns %s away', async (_what, token, status, error) => {
    const answer = await ask('POST', '/api/v1/statuses', {
      ...(token === undefined ? {} : { token }),
      body: { status: 'x' },
    });

    expect(answer).toMatchObject({ status, body: { error } });
  });

  it('reads public posts to anybody, but not with a token that was revoked', async () => {
    const { id, accessToken } = fake.addAccount();
    const path = `/api/v1/accounts/${id}/statuses`;
    fake.revokeToken(accessToken);

    const anybody = await ask('GET', path);
    const revoked = await ask('GET', path, { token: accessToken });

    expect([anybody.status, revoked.status]).toEqual([200, 401]);
  });

  it('gives pages of at most 40, and a link to the next while they are full', async () => {
    const { id } = fake.addAccount();
    for (let i = 0; i < 41; i += 1) fake.postAs(id, `post ${i}`);

    const first = await ask('GET', `/api/v1/accounts/${id}/statuses?limit=100`);
    const link = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const next = await ask('GET', link.slice(fake.server.length));

    expect([first, next].map(({ body }) => (body as object[]).length)).toEqual([40, 1]);
    expect(next.headers.get('link')).toBeNull();
  });

  it('answers with a page where no route is, and tells of its limits in headers', async () => {
    const { accessToken: token } = fake.addAccount();

    const page = await ask('GET', '/api/v9/nothing', { token });
    const known = await ask('GET', '/api/v1/accounts/verify_credentials', { token });

    expect(page).toMatchObject({ status: 404, body: expect.stringContaining('<h1>') });
    expect(known.headers.get('x-ratelimit-limit')).toBe('300');
    expect(known.headers.get('x-ratelimit-remaining')).toBe('298');
    expect(known.headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/);
  });

  it.each([
    ['POST', '/api/v2/media', 30],
    ['DELETE', '/api/v1/statuses/1', 30],
  ])('lets %s %s through %i times in half an hour', async (method, path, limit) => {
    const { accessToken: token } = fake.addAccount();
    aheadMs = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS - Date.now() + 1000;
    const statuses = new Set<number>();
    for (let i = 0; i < limit; i += 1) statuses.add((await ask(method, path, { token })).status);

    const over = await ask(method, path, { token });

    expect(statuses.has(429)).toBe(false);
    expect(over).toMatchObject({ status: 429, body: { error: 'Too many requests' } });
  });
});

describe('an image on the fake Mastodon', () => {
  const upload = (token: string, file: File, description: string): Promise<Asked> => {
    const body = new FormData();
    body.append('file', file);
    body.append('description', description);
    return ask('POST', '/api/v2/media', { token, body });
  };
  const jpeg = new File([Buffer.from('ffd8ffe0', 'hex')], 'a.jpg', { type: 'image/jpeg' });

  it('is used once, after it was processed', async () => {
    const { accessToken: token } = fake.addAccount();
    fake.setProcessing(2);
    const made = await upload(token, jpeg, 'words');
    fake.setProcessing(0);
    const status = { status: '', media_ids: [idOf(made)] };
    const path = `/api/v1/media/${idOf(made)}`;

    const early = await post(token, status);
    const looks = [await ask('GET', path, { token }), await ask('GET', path, { token })];
    const posted = await post(token, status);
    const again = await post(token, status);

    expect(made).toMatchObject({ status: 202, body: { url: null, description: 'words' } });
    expect(early.body).toMatchObject({ error: expect.stringContaining('finished processing') });
    expect(looks.map((look) => look.status)).toEqual([206, 200]);
    expect([posted.status, again.status]).toEqual([200, 422]);
  });

  it.each([
    ['a text', new File(['hello'], 'a.jpg', { type: 'image/jpeg' }), '', /content type is invalid/],
    ['another type', new File(['hello'], 'a.txt', { type: 'text/plain' }), '', /type is invalid/],
    ['too many words', jpeg, 'x'.repeat(1501), /maximum is 1500 characters/],
  ])('is refused for %s', async (_what, file, words, error) => {
    const { accessToken } = fake.addAccount();

    const answer = await upload(accessToken, file, words);

    expect(answer.status).toBe(422);
    expect((answer.body as { error: string }).error).toMatch(error);
  });
});
