import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { withinBudget } from "../../../worker/publishing/body-budget.ts";

const MEBIBYTE = 1024 * 1024;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A call that holds so many bytes until it is ended. */
function call(bytes: number): { readonly allowed: boolean; end: () => void } {
  let allowed = false;
  let end = (): void => undefined;
  void withinBudget((mayHold) => {
    allowed = mayHold(bytes);
    return new Promise<void>((resolve) => (end = resolve));
  });
  return { allowed, end };
}

it("lets bodies hold 24 MiB in all, and more again when one has ended", async () => {
  const calls = Array.from({ length: 4 }, () => call(5 * MEBIBYTE));
  expect(calls.every(({ allowed }) => allowed)).toBe(true);
  expect(call(5 * MEBIBYTE).allowed).toBe(false);
  calls[0]?.end();
  await vi.advanceTimersByTimeAsync(0);
  const next = call(5 * MEBIBYTE);
  expect(next.allowed).toBe(true);
  for (const { end } of [...calls, next]) end();
});

it("is not used up by any number of connections that send nothing", () => {
  const idle = Array.from({ length: 1000 }, () => call(0));
  expect(call(5 * MEBIBYTE).allowed).toBe(true);
  for (const { end } of idle) end();
});

it("forgets what a call held that the runtime dropped", () => {
  for (let count = 0; count < 5; count++) call(5 * MEBIBYTE);
  vi.advanceTimersByTime(30_000);
  expect(call(5 * MEBIBYTE).allowed).toBe(true);
});

it("lets one body have all of it, and not a byte more", () => {
  const whole = call(24 * MEBIBYTE);
  expect(whole.allowed).toBe(true);
  expect(call(1).allowed).toBe(false);
  whole.end();
});

it("counts what a body holds now, not all that it has asked for", async () => {
  const answers = await withinBudget((mayHold) =>
    Promise.resolve([mayHold(20 * MEBIBYTE), mayHold(24 * MEBIBYTE), mayHold(24 * MEBIBYTE + 1)]),
  );
  expect(answers).toEqual([true, true, false]);
});

it("counts nothing for a body that was refused, and nothing of one that broke off", async () => {
  const held = call(20 * MEBIBYTE);
  const refused = call(5 * MEBIBYTE);
  const small = call(4 * MEBIBYTE);
  expect([refused.allowed, small.allowed]).toEqual([false, true]);
  for (const { end } of [held, refused, small]) end();
  await vi.advanceTimersByTimeAsync(0);
  const broken = withinBudget((mayHold) => {
    mayHold(24 * MEBIBYTE);
    return Promise.reject(new Error("gone"));
  });
  await expect(broken).rejects.toThrow("gone");
  const next = call(24 * MEBIBYTE);
  expect(next.allowed).toBe(true);
  next.end();
});

it("remembers a call for half a minute", () => {
  const dropped = call(24 * MEBIBYTE);
  vi.advanceTimersByTime(29_999);
  const tooEarly = call(1);
  vi.advanceTimersByTime(1);
  const next = call(1);
  expect([dropped.allowed, tooEarly.allowed, next.allowed]).toEqual([true, false, true]);
  for (const { end } of [dropped, tooEarly, next]) end();
});
