import { expect, it } from "vitest";
import { patientReach } from "../../../infra/verify/patient-reach.ts";
import type { Answer, Reach } from "../../../infra/verify/reach.ts";

const PAGE = "https://shop.example.com/tickets";

function answer(status: number): Answer {
  return { status, headers: new Headers(), location: null, body: "" };
}

/** Gives these answers in turn; an Error is thrown. */
function reachOf(answers: readonly (Answer | Error)[]): { readonly reach: Reach; readonly asked: string[] } {
  const asked: string[] = [];
  const get = (url: string): Promise<Answer> => {
    const next = answers[asked.length] ?? new Error("asked too often");
    asked.push(url);
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  return {
    reach: { get, post: () => Promise.reject(new Error("nothing is sent")), close: () => Promise.resolve() },
    asked,
  };
}

it.each([
  ["slow", new Error("timed out")],
  ["busy", answer(429)],
  ["lost on the way to the origin", answer(522)],
])("one answer that is %s is asked for again", async (_how, first) => {
  const { reach, asked } = reachOf([first, answer(200)]);
  expect(await patientReach(reach, { pauseMs: 0 }).get(PAGE)).toMatchObject({ status: 200 });
  expect(asked).toHaveLength(2);
});

it("an answer that stays busy is given as it is", async () => {
  const { reach } = reachOf([answer(504), answer(504), answer(504)]);
  expect(await patientReach(reach, { pauseMs: 0 }).get(PAGE)).toMatchObject({ status: 504 });
});

it("an answer of the site itself is not asked for again", async () => {
  const { reach, asked } = reachOf([answer(503)]);
  expect(await patientReach(reach, { pauseMs: 0 }).get(PAGE)).toMatchObject({ status: 503 });
  expect(asked).toHaveLength(1);
});

it("a host that stays silent is asked once from then on", async () => {
  const { reach, asked } = reachOf(Array<Error>(9).fill(new Error("timed out")));
  const patient = patientReach(reach, { pauseMs: 0 });
  await expect(patient.get(PAGE)).rejects.toThrow("timed out");
  expect(asked).toHaveLength(3);
  await expect(patient.get(PAGE)).rejects.toThrow("timed out");
  expect(asked).toHaveLength(4);
});
