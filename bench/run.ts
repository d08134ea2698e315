import { parseArgs } from "node:util";
import { buildCandidates } from "./candidates.ts";
import { Field } from "./field.ts";
import { KINDS } from "./kinds.ts";
import { race } from "./race.ts";
import { startSurroundings } from "./surroundings.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    only: { type: "string" },
    actions: { type: "string", default: "1,10,100,1000,10000" },
    against: { type: "string" },
    candidates: { type: "string" },
    rounds: { type: "string" },
  },
});

const candidates = await buildCandidates(values.against);
const names = values.candidates?.split(",") ?? [
  "ours",
  "plain",
  ...(values.against === undefined ? [] : ["against"]),
];
const surroundings = await startSurroundings();
const only = values.only;
const rounds = Number(values.rounds ?? (values.quick ? 3 : 9));
const turnMilliseconds = values.quick ? 100 : 200;
for (const actions of values.actions.split(",").map(Number)) {
  const field = new Field(candidates, surroundings, actions);
  for (const kind of KINDS.filter(({ name }) => only === undefined || new RegExp(only).test(name))) {
    const result = await race(field, kind, { rounds, turnMilliseconds, cookies: 3, names });
    const words = Object.entries(result).map(
      ([name, { median, deviation }]) => `${name} ${median} ± ${deviation}`,
    );
    console.error(`${actions} actions, ${kind.name}: ${words.join(", ")}`);
  }
  await field.close();
}
surroundings.close();
