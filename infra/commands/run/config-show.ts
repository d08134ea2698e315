import { shownJson, shownText } from "../../configuration/show.ts";
import type { Place } from "../../configuration/sources/reference.ts";
import { lookOf } from "../../console/colours.ts";
import { deepWithoutSecrets, withoutSecrets } from "../../console/without-secrets.ts";
import { toJson } from "../../plan/report/json.ts";
import { namedConfiguration } from "./config-source.ts";

export interface ConfigShowOptions {
  readonly from?: Place;
  readonly json?: true;
}

/** Shows an integration configuration as a table. */
export async function runConfigShow(
  text: string | undefined,
  { from, json }: ConfigShowOptions,
): Promise<void> {
  const found = await namedConfiguration(text, from);
  process.stdout.write(
    json
      ? toJson(deepWithoutSecrets(shownJson(found)))
      : withoutSecrets(shownText(found, lookOf(process.stdout))),
  );
}
