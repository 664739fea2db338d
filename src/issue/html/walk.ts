import type { PageNode } from './element.ts';

/** What is done on the way in and out of a node; children are skipped when `enter` says `false`. */
export type Visitor = {
  readonly enter: (node: PageNode) => boolean;
  readonly leave?: (node: PageNode) => void;
};

type Step = { readonly node: PageNode; next: number };

/** Visits a node and all below it in the order of the source. Not recursive: any depth will do. */
export function walk(root: PageNode, { enter, leave }: Visitor): void {
  if (!enter(root)) return;
  const path: Step[] = [{ node: root, next: 0 }];
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const child = 'childNodes' in step.node ? step.node.childNodes[step.next] : undefined;
    step.next += 1;
    if (child === undefined) {
      path.pop();
      leave?.(step.node);
    } else if (enter(child)) {
      path.push({ node: child, next: 0 });
    }
  }
}
