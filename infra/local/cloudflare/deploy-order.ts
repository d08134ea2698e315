import { type StackNode, stackError } from "./terraform-stack.ts";

/**
 * The nodes so that each comes after those it needs; otherwise in the order they are written in.
 *
 * @throws UserError `local-stack` that names the nodes of a cycle.
 */
export function inOrder(nodes: readonly StackNode[]): readonly StackNode[] {
  const waiting = new Map(nodes.map((node) => [node.address, node]));
  const ordered: StackNode[] = [];
  while (waiting.size > 0) {
    const next = [...waiting.values()].find(({ needs }) => !needs.some((need) => waiting.has(need)));
    if (next === undefined) throw stackError([`these need each other: ${[...waiting.keys()].join(", ")}`]);
    waiting.delete(next.address);
    ordered.push(next);
  }
  return ordered;
}
