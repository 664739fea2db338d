import { describe, expect, it } from 'vitest';
import { describeCorrecting } from './contract-corrections.ts';
import { describeFaults } from './contract-faults.ts';
import { describePermission } from './contract-permission.ts';
import { describePublishing } from './contract-publish.ts';
import { describeRetracting } from './contract-retract.ts';
import { checkLacks, describeLacks, type Rig } from './contract-rig.ts';

export {
  attemptAgain,
  makeCorrection,
  makeOutgoing,
  patience,
  type Rig,
  type RigFault,
  send,
} from './contract-rig.ts';

/** What every publisher promises, run against the real thing. */
export function describePublisher(name: string, start: () => Promise<Rig>): void {
  describe(`the ${name} publisher`, async () => {
    const rig = await start();
    process.stderr.write(describeLacks(name, rig));

    it('says of everything that does not apply to it why', () => {
      expect(checkLacks(rig)).toEqual([]);
    });

    it('is tried with drafts of several posts, and of one more and one fewer', () => {
      const { length } = rig.draft.posts;

      expect(length).toBeGreaterThan(1);
      expect(rig.correctedDraft.posts.length).toBe(length + 1);
      expect(rig.shorterDraft.posts.length).toBe(length - 1);
    });

    describePublishing(rig);
    describeFaults(rig);
    describePermission(rig);
    describeRetracting(rig);
    describeCorrecting(rig);
  });
}
