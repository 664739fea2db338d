import { expect, onTestFinished, test } from 'vitest';
import { describeError, describeErrorsWith, PaperboyError } from '../../src/kit/errors.ts';
import { makeRedactor } from '../../src/kit/redact.ts';
import { redactShapes, SECRET } from '../../src/kit/redact-shapes.ts';

test('a PaperboyError carries its code, remedy and cause', () => {
  const cause = new Error('EACCES');

  const error = new PaperboyError('disk.full', 'Cannot write', 'Free some space.', cause);

  expect(error).toMatchObject({ code: 'disk.full', remedy: 'Free some space.', cause });
  expect(error).toBeInstanceOf(Error);
});

const withCode = Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' });
const circular = new Error('a');
circular.cause = new Error('b', { cause: circular });
test.each([
  ['text', 'text'],
  [undefined, 'undefined'],
  [new Error('plain'), 'plain'],
  [new TypeError(''), 'TypeError'],
  [withCode, 'connect failed (ECONNREFUSED)'],
  [new Error('fetch failed', { cause: withCode }), 'fetch failed: connect failed (ECONNREFUSED)'],
  [new AggregateError([withCode, new Error('b')], 'both'), 'both: connect failed (ECONNREFUSED)'],
  [new AggregateError([], 'none'), 'none'],
  [new Error('first\n  second\r\nthird'), 'first second third'],
  [new Error('with a text', { cause: 'one\ntwo' }), 'with a text: one two'],
])('%o is described in one line', (error, expected) => {
  expect(describeError(error)).toBe(expected);
});

test('causes that lead back to themselves are described once', () => {
  const text = describeError(circular);

  expect(text).toBe('a: b');
});

test('a secret that looks like one of another kind in its middle is taken out whole', () => {
  const secret = 'q7Lm_x9eyJtK2vWb8RzPd';
  onTestFinished(() => describeErrorsWith(redactShapes));
  describeErrorsWith(makeRedactor([secret]));

  expect(describeError(new Error(`GET /${secret}.xml failed`))).toBe(`GET /${SECRET}.xml failed`);
});
