import { expect, test } from 'vitest';
import { refusalOf, specPath, startForTest } from './test-kit.ts';

type Case = readonly [name: string, body: object, errors: object | undefined];

const V2 = 1 << 15;
const button = (more: object): object => ({
  components: [{ type: 1, components: [{ type: 2, style: 5, label: 'Read', ...more }] }],
});
const problem = (code: string): object => ({ _errors: [{ code }] });
const texts = (count: number, length: number): object[] =>
  Array.from({ length: count }, () => ({ type: 10, content: 'x'.repeat(length) }));
const embed = (more: object): object => ({ embeds: [{ description: 'd', ...more }] });
const notHttp = problem('URL_TYPE_INVALID_SCHEME');
const tooLong = problem('BASE_TYPE_MAX_LENGTH');

const refused: readonly Case[] = [
  ['content over 2000 code points', { content: '🙂'.repeat(2001) }, { content: tooLong }],
  ['a nonce over 25', { content: 'x', nonce: 'n'.repeat(26) }, { nonce: tooLong }],
  ['a title over 256', embed({ title: 't'.repeat(257) }), { embeds: { 0: { title: tooLong } } }],
  [
    'a description over 4096',
    embed({ description: 'd'.repeat(4097) }),
    { embeds: { 0: { description: tooLong } } },
  ],
  ['eleven embeds', { embeds: Array(11).fill({ title: 't' }) }, { embeds: tooLong }],
  [
    'embeds over 6000 together',
    { embeds: [{ description: 'd'.repeat(3001) }, { description: 'd'.repeat(3000) }] },
    { embeds: problem('MAX_EMBED_SIZE_EXCEEDED') },
  ],
  [
    'an embed field without a value',
    embed({ fields: [{ name: 'n', value: ' ' }] }),
    { embeds: { 0: { fields: { 0: { value: problem('BASE_TYPE_REQUIRED') } } } } },
  ],
  [
    'an embed that shows nothing',
    { embeds: [{ color: 1 }] },
    { embeds: { 0: { description: problem('BASE_TYPE_REQUIRED') } } },
  ],
  [
    'an embed URL that is not http',
    embed({ url: 'ftp://a.b/c' }),
    { embeds: { 0: { url: notHttp } } },
  ],
  [
    'an image URL that is not http',
    embed({ image: { url: 'data:image/png;base64,AA' } }),
    { embeds: { 0: { image: { url: notHttp } } } },
  ],
  [
    'a link button that is not http',
    button({ url: 'javascript:alert(1)' }),
    { components: { 0: { components: { 0: { url: notHttp } } } } },
  ],
  [
    'a button label over 80',
    button({ url: 'https://a.b', label: 'l'.repeat(81) }),
    { components: { 0: { components: { 0: { label: tooLong } } } } },
  ],
  [
    'a custom_id over 100',
    button({ style: 1, custom_id: 'c'.repeat(101) }),
    { components: { 0: { components: { 0: { custom_id: tooLong } } } } },
  ],
  [
    'a custom_id twice',
    {
      components: [
        { type: 1, components: [{ type: 2, style: 1, label: 'a', custom_id: 'same' }] },
        { type: 1, components: [{ type: 2, style: 1, label: 'b', custom_id: 'same' }] },
      ],
    },
    {
      components: {
        1: { components: { 0: { custom_id: problem('COMPONENT_CUSTOM_ID_DUPLICATED') } } },
      },
    },
  ],
  ['text components without the flag', { components: texts(1, 1) }, { components: { 0: {} } }],
  [
    'V2 with content',
    { flags: V2, content: 'x', components: texts(1, 1) },
    { content: problem('MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2') },
  ],
  [
    'V2 with embeds',
    { flags: V2, embeds: [{ title: 't' }], components: texts(1, 1) },
    { embeds: problem('MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2') },
  ],
  [
    'V2 with 41 components, nested ones counted',
    { flags: V2, components: [{ type: 17, components: texts(40, 1) }] },
    { components: problem('COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED') },
  ],
  [
    'V2 with 41 components, an accessory among them',
    {
      flags: V2,
      components: [
        ...texts(38, 1),
        {
          type: 9,
          components: texts(1, 1),
          accessory: { type: 11, media: { url: 'https://example.com/a.png' } },
        },
      ],
    },
    { components: problem('COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED') },
  ],
  [
    'V2 with over 4000 of text together',
    { flags: V2, components: texts(2, 2001) },
    { components: problem('COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED') },
  ],
  [
    'V2 media that was not uploaded',
    { flags: V2, components: [{ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }] },
    { components: { 0: { items: { 0: { media: { url: {} } } } } } },
  ],
  [
    'allowed_mentions that say both all users and some',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['100000000000000001'] } },
    { allowed_mentions: {} },
  ],
];

const specAlone: readonly Case[] = [
  ['embeds that are no list', { content: 'x', embeds: 'e' }, { embeds: {} }],
  ['an unknown component type', { components: [{ type: 99 }] }, { components: { 0: {} } }],
  ['a colour over ffffff', embed({ color: 0x1000000 }), { embeds: { 0: { color: {} } } }],
  ['a timestamp that is none', embed({ timestamp: 'soon' }), { embeds: { 0: { timestamp: {} } } }],
  ['a tts that is a text', { content: 'x', tts: 'yes' }, { tts: {} }],
  [
    'an unknown button style',
    button({ style: 9, custom_id: 'c' }),
    { components: { 0: { components: { 0: { style: {} } } } } },
  ],
];

const accepted: readonly (readonly [string, object])[] = [
  ['content of 2000 code points', { content: '🙂'.repeat(2000) }],
  ['a nonce of 25', { content: 'x', nonce: 'n'.repeat(25) }],
  [
    'embeds of 6000',
    { embeds: [{ description: 'd'.repeat(3000) }, { description: 'd'.repeat(3000) }] },
  ],
  ['a link button', { content: 'x', ...button({ url: 'https://example.com/a?b=c#d' }) }],
  ['V2 with 40 components', { flags: V2, components: [{ type: 17, components: texts(39, 1) }] }],
  ['V2 with 4000 of text', { flags: V2, components: texts(2, 2000) }],
  ['nulls for what is left out', { content: 'x', embeds: null, components: null, nonce: null }],
];

for (const withSpec of [true, false]) {
  const how = withSpec ? 'with the spec' : 'by hand alone';
  const options = { openApiPath: withSpec ? specPath : '/nowhere/openapi.json' };

  test.skipIf(withSpec && specPath === undefined).for(refused)(
    `a message is refused ${how} for %s`,
    async ([, body, errors]) => {
      const { discord, rest } = await startForTest(options);
      const channelId = discord.addChannel();

      const refusal = await refusalOf(rest.post(`/channels/${channelId}/messages`, { body }));

      expect(refusal).toMatchObject({ status: 400, code: 50035, errors });
      expect(discord.isSpecChecked).toBe(withSpec);
      expect(discord.messages(channelId)).toEqual([]);
    },
  );

  test.skipIf(withSpec && specPath === undefined).for(accepted)(
    `a message is accepted ${how} with %s`,
    async ([, body]) => {
      const { discord, rest } = await startForTest(options);
      const channelId = discord.addChannel();

      await rest.post(`/channels/${channelId}/messages`, { body });

      expect(discord.messages(channelId)).toHaveLength(1);
    },
  );
}

test.skipIf(specPath === undefined).for(specAlone)(
  'a message is refused at its field by the spec for %s',
  async ([, body, errors]) => {
    const { discord, rest } = await startForTest();
    const channelId = discord.addChannel();

    const refusal = await refusalOf(rest.post(`/channels/${channelId}/messages`, { body }));

    expect(refusal).toMatchObject({ status: 400, code: 50035, errors });
  },
);

test.for([{}, { content: '  \n' }, { embeds: [] }, { flags: V2, components: [] }])(
  'an empty message is refused with 50006: %j',
  async (body) => {
    const { discord, rest } = await startForTest();
    const channelId = discord.addChannel();

    const refusal = await refusalOf(rest.post(`/channels/${channelId}/messages`, { body }));

    expect(refusal).toMatchObject({ status: 400, code: 50006 });
  },
);

test('a ping is told honestly: by default everything pings, with parse [] nothing does', async () => {
  const { discord, rest } = await startForTest();
  const channelId = discord.addChannel();
  const path = `/channels/${channelId}/messages` as const;
  const content = '@everyone <@100000000000000001> <@&100000000000000002>';
  const components = [{ type: 10, content }];

  await rest.post(path, { body: { content } });
  await rest.post(path, { body: { content, allowed_mentions: { parse: [] } } });
  await rest.post(path, { body: { flags: V2, components } });
  await rest.post(path, { body: { embeds: [{ description: content }] } });

  const pings = discord
    .messages(channelId)
    .map((one) => [one.mention_everyone, one.mentions.length, one.mention_roles.length]);
  expect(pings).toEqual([
    [true, 1, 1],
    [false, 0, 0],
    [true, 1, 1],
    [false, 0, 0],
  ]);
});

test('Components V2 is put on by an edit of a bare message and never taken off', async () => {
  const { discord, rest } = await startForTest();
  const channelId = discord.addChannel();
  const path = `/channels/${channelId}/messages` as const;
  const { id } = (await rest.post(path, { body: { content: 'x' } })) as { id: string };
  const v2 = { flags: V2, components: texts(1, 5) };

  const mixed = await refusalOf(rest.patch(`${path}/${id}`, { body: v2 }));
  await rest.patch(`${path}/${id}`, { body: { ...v2, content: null } });
  const lost = await refusalOf(rest.patch(`${path}/${id}`, { body: { flags: 0, content: 'x' } }));

  expect(mixed).toMatchObject({ code: 50035, errors: { content: {} } });
  expect(lost).toMatchObject({ code: 50035, errors: { flags: {} } });
  expect(discord.messages(channelId)[0]).toMatchObject({ flags: V2, content: '' });
});
