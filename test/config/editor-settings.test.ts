import { expect, test } from 'vitest';
import { CHANNEL, read, readProblems, TOKEN } from './config-rig.ts';

test.each([
  ['never', { kind: 'never' }],
  ['always', { kind: 'always' }],
  ['12h', { kind: 'after', hours: 12 }],
  ['2d', { kind: 'after', hours: 48 }],
])('approval may be %s', async (written, approval) => {
  const config = await read({}, { yaml: `approval: ${written}` });

  expect(config.approval).toEqual(approval);
});

test.each(['ask', '12', '9999d', '1000h', '0h', '1.5h', 'true', '[12h]'])(
  'approval that is %s is told in one line',
  async (written) => {
    const problems = await readProblems({}, { yaml: `approval: ${written}` });

    expect(problems).toEqual([
      expect.stringMatching(
        /^approval in paperboy\.yaml: must be never, always, or .*12h or 2d, and 999h or 999d at most$/,
      ),
    ]);
  },
);

test('editors are told by roles and users, and asked in a channel of their guild', async () => {
  const yaml = `editors: { guild: '${CHANNEL}', channel: "1052345678901234568", users: ['1'] }`;
  const fit = yaml.replace("'1']", "'1052345678901234569']");

  const { editors } = await read({ DISCORD_TOKEN: TOKEN }, { yaml: fit });

  expect(editors).toEqual({
    guildId: CHANNEL,
    channelId: '1052345678901234568',
    roles: [],
    users: ['1052345678901234569'],
  });
  expect(await readProblems({ DISCORD_TOKEN: TOKEN }, { yaml })).toEqual([
    expect.stringMatching(/^editors\.users\.0 .*17 to 20 digits in quotes: '1052/),
  ]);
});

const ids = `guild: '${CHANNEL}', channel: '${CHANNEL}'`;
test.each([
  [
    'an id that YAML has rounded',
    `editors: { guild: ${CHANNEL}, channel: '${CHANNEL}', roles: ['${CHANNEL}'] }`,
    /^editors\.guild .*must be in quotes, as a number of that size loses its last digits: '1052/,
  ],
  ['nobody', `editors: { ${ids} }`, /^editors in paperboy\.yaml: must name who they are, in roles/],
  [
    'no channel',
    `editors: { guild: '${CHANNEL}', roles: ['${CHANNEL}'] }`,
    /^editors\.channel .*must be an id of Discord/,
  ],
  [
    'another key',
    `editors: { ${ids}, roles: ['${CHANNEL}'], admin: x }`,
    /^editors .*“admin” is no setting; .*: guild, channel/,
  ],
])('editors with %s are told in one line', async (_, yaml, told) => {
  const problems = await readProblems({ DISCORD_TOKEN: TOKEN }, { yaml });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(told);
});

test('editors need a bot, and approval needs no editors on Discord', async () => {
  const yaml = `editors: { ${ids}, roles: ['${CHANNEL}'] }`;

  const problems = await readProblems({}, { yaml });
  const { approval, editors } = await read({}, { yaml: 'approval: always' });

  expect(problems).toEqual([
    expect.stringMatching(/^DISCORD_TOKEN is missing, as editors in paperboy\.yaml is set: /),
  ]);
  expect([approval.kind, editors]).toEqual(['always', undefined]);
});

test('editors are not asked where everybody reads', async () => {
  const yaml = `editors: { guild: '${CHANNEL}', channel: '${CHANNEL}', roles: ['${CHANNEL}'] }`;

  const problems = await readProblems(
    { DISCORD_TOKEN: TOKEN, DISCORD_CHANNEL_ID: CHANNEL },
    { yaml },
  );

  expect(problems).toEqual([
    expect.stringMatching(/^editors\.channel .*the channel of discord, .*only editors read$/),
  ]);
});
