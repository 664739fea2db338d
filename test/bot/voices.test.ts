import { expect, test } from 'vitest';
import { botVoices, pickBotVoice } from '../../formatters/voice/bot/index.ts';
import { voices } from '../../formatters/voice/index.ts';

const list = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, member]) => list(member, `${path}.${key}`))
    : [path];

test('the bot speaks every language that the posts are in, and no other', () => {
  expect(Object.keys(botVoices).sort()).toEqual(Object.keys(voices).sort());
  for (const [name, { language }] of Object.entries(botVoices)) expect(language).toBe(name);
  expect(pickBotVoice('constructor').language).toBe('en');
});

test('every language has every word', () => {
  const words = Object.values(botVoices).map((voice) => list(voice).sort());
  for (const one of words) expect(one).toEqual(words[0]);
  for (const voice of Object.values(botVoices)) {
    expect(voice.pageOf(2, 14)).toMatch(/2\D+14/);
    expect(voice.failed('E-00aa11')).toContain('E-00aa11');
    expect(voice.stale('/help')).toContain('/help');
    expect(voice.cooldown(1)).not.toBe(voice.cooldown(2));
    expect(voice.range(3, undefined)).toContain('#3');
    expect(voice.range(undefined, 4)).toContain('#4');
    expect(voice.range(3, 4)).toMatch(/#3\D+#4/);
  }
});
