import { counted } from "../../../../text/counted.ts";
import type { FixRule } from "./fix-rule.ts";

/** Who is meant to buy, and never saw a page. */
const CUSTOMERS: ReadonlySet<string> = new Set(["person", "slow-phone", "native-app"]);

/** Kinds of customers of whom nobody got in, although others did. */
export const keptOut: FixRule = ({ kinds }) => {
  const served = kinds.some((one) => CUSTOMERS.has(one.kind) && one.served > 0);
  if (!served) return [];
  return kinds
    .filter((one) => CUSTOMERS.has(one.kind) && one.kept > 0 && one.served === 0)
    .map(({ kind, kept }) => ({
      rule: "kept-out",
      level: "high",
      title: `None of ${counted(kept, "visitor")} of kind ${kind} ever got in`,
      explanation: "They were to, and others did: something in what this kind sends keeps it out.",
      remedy:
        "An app or a script has to send the header x-queueit-ajaxpageurl and to follow x-queueit-redirect. Read what " +
        'one of their requests gets with "queueit-cf config explain".',
    }));
};
