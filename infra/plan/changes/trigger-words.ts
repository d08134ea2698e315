import type { Trigger, TriggerPart } from "../../../worker/configuration/integration-configuration.ts";
import { joined, type Sentence, sentence } from "../sentence.ts";

/** A trigger in words: `the path contains "/tickets" and the host equals "shop.example.com"`. */
export function triggerSentence({ LogicalOperator: operator, TriggerParts: parts }: Trigger): Sentence {
  if (parts.length === 0)
    return [operator === "Or" ? "never (it has no condition)" : "always (it has no condition)"];
  return joined(parts.map(partSentence), operator === "Or" ? " or " : " and ");
}

function partSentence(part: TriggerPart): Sentence {
  const ignoringCase = part.IsIgnoreCase === true ? ", ignoring case" : "";
  return [...subject(part), " ", verb(part), " ", ...literals(part), ignoringCase];
}

function subject(part: TriggerPart): Sentence {
  switch (part.ValidatorType ?? "") {
    case "UrlValidator":
      return [
        { PageUrl: "the URL", HostName: "the host", PagePath: "the path" }[part.UrlPart ?? ""] ?? "nothing",
      ];
    case "CookieValidator":
      return sentence`the cookie ${part.CookieName ?? ""}`;
    case "HttpHeaderValidator":
      return sentence`the header ${part.HttpHeaderName ?? ""}`;
    case "UserAgentValidator":
      return ["the user agent"];
    case "RequestBodyValidator":
      return ["the request body"];
    default:
      return sentence`${part.ValidatorType ?? "nothing"} (unknown, never true)`;
  }
}

function verb({ Operator: operator, IsNegative: negative }: TriggerPart): string {
  const isNegative = negative === true;
  switch (operator ?? "") {
    case "Equals":
      return isNegative ? "is not" : "is";
    case "EqualsAny":
      return isNegative ? "is none of" : "is one of";
    case "Contains":
      return isNegative ? "does not contain" : "contains";
    case "ContainsAny":
      return isNegative ? "contains none of" : "contains one of";
    default:
      return "is compared in an unknown way (never true) with";
  }
}

function literals(part: TriggerPart): Sentence {
  const many = part.Operator === "EqualsAny" || part.Operator === "ContainsAny";
  if (!many) return sentence`${part.ValueToCompare ?? ""}`;
  return joined(
    (part.ValuesToCompare ?? []).map((value) => sentence`${value}`),
    ", ",
  );
}
