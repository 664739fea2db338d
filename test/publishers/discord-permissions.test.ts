import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_PERMISSIONS,
  computePermissions,
  EMBED_LINKS,
  INVITED,
  listMissing,
  READ_MESSAGE_HISTORY,
  SEND_MESSAGES,
  type Standing,
  VIEW_CHANNEL,
} from '../../src/publishers/discord-permissions.ts';

const [GUILD, OWNER, BOT, ROLE, OTHER, FOREIGN] = ['1', '2', '3', '4', '5', '6'];
const both = VIEW_CHANNEL.bit | SEND_MESSAGES.bit;

function stand(over: Partial<Standing> = {}): Standing {
  return {
    guildId: GUILD,
    ownerId: OWNER,
    memberId: BOT,
    roles: [
      { id: GUILD, permissions: String(both) },
      { id: ROLE, permissions: String(EMBED_LINKS.bit) },
      { id: OTHER, permissions: '0' },
      { id: FOREIGN, permissions: String(READ_MESSAGE_HISTORY.bit) },
    ],
    memberRoles: [ROLE, OTHER],
    overwrites: [],
    ...over,
  };
}
const overwrite = (id: string, allow: bigint, deny: bigint) => ({
  id,
  allow: String(allow),
  deny: String(deny),
});

describe('computePermissions', () => {
  it('adds up the roles of the member and of everybody, and no others', () => {
    expect(computePermissions(stand())).toBe(both | EMBED_LINKS.bit);
  });

  it('lets a channel take from everybody, and give back to a role', () => {
    const overwrites = [overwrite(GUILD, 0n, SEND_MESSAGES.bit), overwrite(ROLE, both, 0n)];

    expect(computePermissions(stand({ overwrites }))).toBe(both | EMBED_LINKS.bit);
    expect(computePermissions(stand({ overwrites: overwrites.slice(0, 1) }))).toBe(
      VIEW_CHANNEL.bit | EMBED_LINKS.bit,
    );
  });

  it('lets what one role is given win over what another is denied, and the member over both', () => {
    const roles = [overwrite(ROLE, 0n, SEND_MESSAGES.bit), overwrite(OTHER, SEND_MESSAGES.bit, 0n)];
    const own = overwrite(BOT, 0n, SEND_MESSAGES.bit);

    expect(computePermissions(stand({ overwrites: roles })) & SEND_MESSAGES.bit).not.toBe(0n);
    expect(computePermissions(stand({ overwrites: [own, ...roles] })) & SEND_MESSAGES.bit).toBe(0n);
  });

  it('gives nothing in a channel that the member does not see', () => {
    const overwrites = [overwrite(GUILD, 0n, VIEW_CHANNEL.bit)];

    expect(computePermissions(stand({ overwrites }))).toBe(0n);
  });

  it('lets who is timed out only read', () => {
    expect(computePermissions(stand({ isTimedOut: true }))).toBe(VIEW_CHANNEL.bit);
  });

  it('lets owners and administrators do everything, whatever is denied', () => {
    const overwrites = [overwrite(BOT, 0n, ALL_PERMISSIONS), overwrite(GUILD, 0n, both)];
    const roles = [{ id: ROLE, permissions: String(1n << 3n) }];

    expect(computePermissions(stand({ overwrites, roles }))).toBe(ALL_PERMISSIONS);
    expect(computePermissions(stand({ overwrites, memberId: OWNER }))).toBe(ALL_PERMISSIONS);
  });

  it('never depends on the order of roles and overwrites', () => {
    const bits = fc.bigInt({ min: 0n, max: (1n << 40n) - 1n });
    const id = fc.constantFrom(GUILD, BOT, ROLE, OTHER, FOREIGN);
    const made = fc.uniqueArray(fc.record({ id, allow: bits, deny: bits }), {
      selector: (one) => one.id,
    });
    fc.assert(
      fc.property(made, (list) => {
        const overwrites = list.map((one) => overwrite(one.id, one.allow, one.deny));
        const standing = stand({ overwrites });
        const turned = stand({
          overwrites: overwrites.toReversed(),
          roles: standing.roles.toReversed(),
          memberRoles: standing.memberRoles.toReversed(),
        });

        expect(computePermissions(turned)).toBe(computePermissions(standing));
      }),
    );
  });
});

it('listMissing names what is not granted', () => {
  expect(listMissing(both, [VIEW_CHANNEL, EMBED_LINKS]).map(({ name }) => name)).toEqual([
    'Embed Links',
  ]);
  expect(listMissing(ALL_PERMISSIONS, INVITED)).toEqual([]);
});
