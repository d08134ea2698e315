import { counted } from "../../../../text/counted.ts";
import type { FixRule } from "./fix-rule.ts";

/** Hosts that the Worker asks and that no rehearsal reaches. */
export const askedElsewhere: FixRule = (rehearsal) =>
  rehearsal.askedElsewhere.map(({ host, requests }) => ({
    rule: "asked-elsewhere",
    level: "low",
    title: `The Worker asked ${host} ${counted(requests, "time")}`,
    explanation: "A rehearsal asks nobody outside of this machine: it got no answer, and at the sale it may.",
    remedy:
      "Look whether that is what the integration configuration is meant to ask, such as a direct-pass endpoint.",
  }));
