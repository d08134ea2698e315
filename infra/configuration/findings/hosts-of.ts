import { literalsOf } from "../../../worker/configuration/doubts.ts";
import { Subject } from "../../../worker/visitor/visit.ts";
import type { Way } from "./condition.ts";
import type { DeploymentFacts } from "./deployment-facts.ts";

/** Those of the environment's hosts that fulfil what a way says of the host. */
export function hostsOf({ conditions }: Way, { hosts }: DeploymentFacts): readonly string[] {
  const onHost = conditions.filter(({ subject }) => subject.kind === "host");
  return hosts.filter((host) => onHost.every(({ holds }) => holds(new Subject(host))));
}

/** Hosts that a way names in full; empty where it does not. */
export function namedHosts({ conditions }: Way): readonly string[] {
  const equal = conditions.find(
    ({ subject, part }) =>
      subject.kind === "host" && part.IsNegative !== true && part.Operator?.startsWith("Equals") === true,
  );
  return equal === undefined ? [] : literalsOf(equal.part);
}
