import { expect, test } from 'vitest';
import { namePost } from '../../src/desk/name-post.ts';
import { DISCORD } from '../support/make-test-desk.ts';

test.each([
  ['paper/hisa', '--paper hisa'],
  ['digest', '--digest'],
  ['news', '--news'],
  ['topic/Sparse Attention', '--topic "Sparse Attention"'],
  ['month/2026-02', '--month 2026-02'],
])('the command that posts %s says %s', (item, option) => {
  const desk = { destinations: [{ ...DISCORD, name: 'discord-news' }] };

  expect(namePost(desk, { issue: 93, item, destination: DISCORD.key })).toBe(
    `paperboy post 93 ${option} --to discord-news`,
  );
});
