import { describe, expect, it } from 'vitest';
import type { Acted } from '../../src/desk/act.ts';
import { cancelDeliveries } from '../../src/desk/cancel.ts';
import { holdDeliveries, releaseDeliveries } from '../../src/desk/hold.ts';
import { resolveDeliveries } from '../../src/desk/resolve.ts';
import { retractDeliveries } from '../../src/desk/retract.ts';
import { retryDeliveries } from '../../src/desk/retry.ts';
import type { Delivery } from '../../src/outbox/delivery.ts';
import type { TestDesk } from '../support/make-test-desk.ts';
import { bringTo, makeDesk, STAGES, type Stage, tell } from './stage.ts';

type Verb = (desk: TestDesk, named: Delivery[]) => Promise<Acted[]>;

const VERBS = {
  hold: holdDeliveries,
  release: releaseDeliveries,
  cancel: cancelDeliveries,
  retract: retractDeliveries,
  retry: retryDeliveries,
  'resolve --sent': (desk, named) => resolveDeliveries(desk, named, { kind: 'sent' }),
  'resolve --not-sent': (desk, named) => resolveDeliveries(desk, named, { kind: 'not sent' }),
} as const satisfies Record<string, Verb>;

/** The outcome, and how the delivery stands after it. */
const EXPECTED: Record<keyof typeof VERBS, Record<Stage, string>> = {
  hold: {
    planned: 'done: held',
    'planned, tried': 'done: held',
    held: 'already: held',
    sending: 'failed: sending',
    unknown: 'failed: unknown',
    sent: 'left: sent',
    refused: 'left: refused',
    'refused whole': 'left: refused',
    cancelled: 'left: cancelled',
    'cancelled, tried': 'left: cancelled',
    retracted: 'left: retracted',
    'to be retracted': 'left: planned, to take back',
    'refused retraction': 'left: refused, to take back',
  },
  release: {
    planned: 'already: planned',
    'planned, tried': 'already: planned',
    held: 'done: planned',
    sending: 'already: sending',
    unknown: 'already: unknown',
    sent: 'already: sent',
    refused: 'left: refused',
    'refused whole': 'left: refused',
    cancelled: 'left: cancelled',
    'cancelled, tried': 'left: cancelled',
    retracted: 'left: retracted',
    'to be retracted': 'left: planned, to take back',
    'refused retraction': 'left: refused, to take back',
  },
  cancel: {
    planned: 'done: cancelled',
    'planned, tried': 'done: cancelled',
    held: 'done: cancelled',
    sending: 'failed: sending',
    unknown: 'failed: unknown',
    sent: 'left: sent',
    refused: 'done: cancelled',
    'refused whole': 'done: cancelled',
    cancelled: 'already: cancelled',
    'cancelled, tried': 'already: cancelled',
    retracted: 'already: retracted',
    'to be retracted': 'left: planned, to take back',
    'refused retraction': 'failed: refused, to take back',
  },
  retract: {
    planned: 'done: cancelled',
    'planned, tried': 'done: planned, to take back',
    held: 'done: cancelled',
    sending: 'failed: sending',
    unknown: 'done: planned, to take back',
    sent: 'done: planned, to take back',
    refused: 'done: planned, to take back',
    'refused whole': 'done: cancelled',
    cancelled: 'already: cancelled',
    'cancelled, tried': 'done: planned, to take back',
    retracted: 'already: retracted',
    'to be retracted': 'already: planned, to take back',
    'refused retraction': 'done: planned, to take back',
  },
  retry: {
    planned: 'already: planned',
    'planned, tried': 'done: planned',
    held: 'left: held',
    sending: 'already: sending',
    unknown: 'done: unknown',
    sent: 'already: sent',
    refused: 'done: planned',
    'refused whole': 'done: planned',
    cancelled: 'done: planned',
    'cancelled, tried': 'done: planned',
    retracted: 'done: planned',
    'to be retracted': 'already: planned, to take back',
    'refused retraction': 'done: planned, to take back',
  },
  'resolve --sent': {
    planned: 'left: planned',
    'planned, tried': 'left: planned',
    held: 'left: held',
    sending: 'failed: sending',
    unknown: 'done: sent',
    sent: 'already: sent',
    refused: 'done: sent',
    'refused whole': 'done: sent',
    cancelled: 'left: cancelled',
    'cancelled, tried': 'left: cancelled',
    retracted: 'left: retracted',
    'to be retracted': 'left: planned, to take back',
    'refused retraction': 'done: sent',
  },
  'resolve --not-sent': {
    planned: 'already: planned',
    'planned, tried': 'already: planned',
    held: 'left: held',
    sending: 'failed: sending',
    unknown: 'done: planned',
    sent: 'failed: sent',
    refused: 'done: planned',
    'refused whole': 'done: planned',
    cancelled: 'left: cancelled',
    'cancelled, tried': 'left: cancelled',
    retracted: 'already: retracted',
    'to be retracted': 'done: retracted',
    'refused retraction': 'done: retracted',
  },
};

const cases = Object.keys(VERBS).flatMap((verb) =>
  STAGES.map((stage) => [verb as keyof typeof VERBS, stage] as const),
);

describe('a verb, on a delivery that stands as it may', () => {
  it.each(cases)('%s: %s', async (verb, stage) => {
    const desk = await makeDesk();
    const delivery = await bringTo(desk, stage);

    const [acted] = await VERBS[verb](desk, [delivery]);
    const after = await desk.outbox.read(delivery.id);

    expect(after && `${acted?.outcome}: ${tell(after)}`).toBe(EXPECTED[verb][stage]);
    expect(acted?.delivery.state).toBe(after?.state);
    expect(acted?.said).not.toBe('');
  });

  it.each(cases)('%s changes nothing when it is repeated: %s', async (verb, stage) => {
    const desk = await makeDesk();
    const delivery = await bringTo(desk, stage);
    await VERBS[verb](desk, [delivery]);
    const once = await desk.outbox.read(delivery.id);

    // The second person names it as it stood, or as it stands.
    const [stale] = await VERBS[verb](desk, [delivery]);
    const [fresh] = await VERBS[verb](desk, once === undefined ? [] : [once]);
    const twice = await desk.outbox.read(delivery.id);

    expect(twice && tell(twice)).toBe(once && tell(once));
    const isFailure = EXPECTED[verb][stage].startsWith('failed');
    for (const again of [stale, fresh]) expect(again?.outcome === 'failed').toBe(isFailure);
  });

  it.each(cases)(
    '%s keeps its deed beside the delivery, with who did it: %s',
    async (verb, stage) => {
      const desk = await makeDesk();
      const delivery = await bringTo(desk, stage);
      const before = (await desk.outbox.readHistory(delivery.id)).actions.length;

      await VERBS[verb](desk, [delivery]);
      const { actions } = await desk.outbox.readHistory(delivery.id);

      expect(actions.length > before).toBe(EXPECTED[verb][stage].startsWith('done'));
      expect(actions.slice(before).every(({ actor }) => actor === 'editor')).toBe(true);
    },
  );
});

it('acts on what another person has just changed as it stands now', async () => {
  const desk = await makeDesk();
  const seen = await bringTo(desk, 'planned');
  await cancelDeliveries(desk, [seen]);

  const [held] = await holdDeliveries(desk, [seen]);

  expect(held).toMatchObject({ outcome: 'left', delivery: { state: 'cancelled' } });
});
