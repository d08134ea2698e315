import fc from "fast-check";
import { expect, it } from "vitest";
import { inOrder } from "../../../infra/verify/in-order.ts";

it("every item is done once, never more at once than allowed, and told in order", async () => {
  const turns = fc.array(fc.nat(3), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(turns, fc.integer({ min: 1, max: 6 }), async (items, atOnce) => {
      let [now, most] = [0, 0];
      const results: (readonly [number, number])[] = [];
      const numbered = items.map((wait, index) => [index, wait] as const);
      for await (const result of inOrder(numbered, atOnce, async (item) => {
        most = Math.max(most, ++now);
        for (let turn = 0; turn < item[1]; turn++) await Promise.resolve();
        now--;
        return item;
      })) {
        results.push(result);
      }
      expect(results).toEqual(numbered);
      expect(most).toBeLessThanOrEqual(atOnce);
    }),
  );
});

it("what goes wrong is thrown in its turn, and ends it", async () => {
  const seen: number[] = [];
  const run = async () => {
    for await (const number of inOrder([1, 2, 3], 3, (item) =>
      item === 2 ? Promise.reject(new Error("second")) : Promise.resolve(item),
    )) {
      seen.push(number);
    }
  };
  await expect(run()).rejects.toThrow("second");
  expect(seen).toEqual([1]);
});
