import type { StackNode } from "./read-node.ts";
import { stackError } from "./stack-error.ts";

type Ordered = Pick<StackNode, "address" | "needs">;

/**
 * The nodes so that each comes after those it needs; otherwise in the order they are written in.
 *
 * @throws UserError `local-stack` that names the nodes of a cycle.
 */
export function inOrder<Node extends Ordered>(nodes: readonly Node[]): readonly Node[] {
  const waiting = new Map(nodes.map((node) => [node.address, node]));
  const ordered: Node[] = [];
  while (waiting.size > 0) {
    const next = [...waiting.values()].find(({ needs }) => !needs.some((need) => waiting.has(need)));
    if (next === undefined) throw stackError([`these need each other: ${[...waiting.keys()].join(", ")}`]);
    waiting.delete(next.address);
    ordered.push(next);
  }
  return ordered;
}
