import { expect, test } from 'vitest';
import { read, readProblems } from './config-rig.ts';

const PORT = { PAPERBOY_HTTP_PORT: '9090' };
const HOST = { PAPERBOY_HTTP_HOST: '0.0.0.0' };

test.each([
  ['nothing', {}, '', undefined],
  ['a host alone', HOST, '', undefined],
  ['a port in a variable', PORT, '', { host: '127.0.0.1', port: 9090 }],
  ['a block without a key', {}, 'http: {}', { host: '127.0.0.1', port: 8080 }],
  ['a block', {}, 'http: { port: 81, host: "::1" }', { host: '::1', port: 81 }],
  ['both', { ...PORT, ...HOST }, 'http: { port: 81, host: a }', { host: '0.0.0.0', port: 9090 }],
  ['a host over a block', HOST, 'http: { port: 81 }', { host: '0.0.0.0', port: 81 }],
])('with %s, health is served accordingly', async (_, environment, yaml, http) => {
  const config = await read(environment, { yaml });

  expect(config.http).toEqual(http);
});

test('history is kept for 400 days, or as long as is said', async () => {
  const usual = await read({});
  const short = await read({}, { yaml: 'keep: { historyDays: 30 }' });

  expect([usual.keep.historyDays, short.keep.historyDays]).toEqual([400, 30]);
});

test.each([
  [{ PAPERBOY_HTTP_PORT: '65536' }, '', /^PAPERBOY_HTTP_PORT must be a port .*, for example 8080/],
  [{ PAPERBOY_HTTP_PORT: 'http' }, '', /^PAPERBOY_HTTP_PORT must be a port/],
  [
    { PAPERBOY_HTTP_HOST: 'http://a' },
    '',
    /^PAPERBOY_HTTP_HOST must be .*, for example 0\.0\.0\.0/,
  ],
  [{}, 'http: { port: 70000 }', /^http\.port .*from 0 .* to 65535, for example 8080/],
  [{}, 'http: { port: x }', /^http\.port .*for example 8080/],
  [{}, 'http: { host: "a b" }', /^http\.host .*for example 127\.0\.0\.1/],
  [{}, 'keep: { historyDays: 29 }', /^keep\.historyDays .*30 at least, for example 400/],
  [{}, 'keep: { historyDays: long }', /^keep\.historyDays .*whole number of days/],
])('%j with “%s” is told in one line', async (environment, yaml, told) => {
  const problems = await readProblems(environment, { yaml });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(told);
});
