import { writeFileSync } from "node:fs";
import { scenarioJsonSchema } from "./scenario-file.ts";

writeFileSync(
  new URL("scenario.schema.json", import.meta.url),
  `${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`,
);
