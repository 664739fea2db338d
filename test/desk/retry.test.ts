import { expect, test } from 'vitest';
import { queuePost } from '../../src/desk/post.ts';
import { retryDeliveries } from '../../src/desk/retry.ts';
import { makeIssue } from '../support/make-issue.ts';
import { keep } from '../support/make-test-desk.ts';
import { claim, makeDesk } from './stage.ts';

test.each([1, 2])(
  'what was refused with nothing in place is written anew, with the settings of today, from revision %i',
  async (revision) => {
    const desk = await makeDesk();
    const [posted] = await queuePost(desk, '7', { paper: 'alpha', to: 'folder' });
    const refused = { kind: 'refused', reason: 'r', remedy: 'x', isUnsent: true } as const;
    await desk.outbox.settle(await claim(desk), refused, desk.clock.now());
    if (revision === 2) await keep(desk, makeIssue({ papers: ['Alpha', 'Beta'], text: 'New.' }));
    const changed = { ...desk, format: () => ({ languages: ['de'] }) };
    const delivery = (await desk.outbox.read(posted?.delivery.id ?? '')) ?? expect.fail();

    const [retried] = await retryDeliveries(changed, [delivery]);

    expect(delivery).toMatchObject({ state: 'refused', isTouched: false });
    expect(retried?.delivery).toMatchObject({ state: 'planned', revision });
    expect(retried?.delivery.draft).not.toEqual(delivery.draft);
  },
);
