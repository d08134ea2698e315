import { counted } from "../../../../text/counted.ts";
import type { FixRule } from "./fix-rule.ts";
import { ownPath } from "../../../../text/own-path.ts";

/** Visitors who got in with what somebody else had waited for. */
export const borrowed: FixRule = ({ borrowed: visitors }) =>
  visitors === 0
    ? []
    : [
        {
          rule: "borrowed",
          level: "medium",
          title: `${counted(visitors, "visitor")} got in with somebody else’s token or session`,
          explanation:
            "It was waited for, but not by them. A session belongs to whoever has it, as long as it is not bound.",
          remedy:
            "Bind tokens and sessions to the visitor’s address, limit the uses of a queue id, or do not extend " +
            `sessions: all three are settings of Queue-it’s (${ownPath("docs/security.md")}, Sharing).`,
        },
      ];
