import type { AccountInventory } from "../account/account-inventory.ts";
import { type AdoptionFinding, note, stop } from "./finding.ts";
import type { FoundSites, LeftRoute } from "./sites-of-routes.ts";

/** What an environment cannot say of the ways that lead to a Worker. */
export function routeFindings(
  worker: string,
  { sites, left, respelt, others }: FoundSites,
  { domains }: AccountInventory,
): readonly AdoptionFinding[] {
  const hosts = domains.filter((domain) => domain.worker === worker).map(({ hostname }) => hostname);
  return [
    ...(sites.length === 0 ? [noSite(worker, left, hosts)] : hosts.map(customDomain)),
    ...left.map(leftFinding),
    ...others.map(({ pattern, script }) =>
      note(
        `The route ${pattern} goes to the Worker ${script}: its pages are not queued. It becomes a bypass to that Worker, and ` +
          "Terraform looks after the route from the first deploy on; a destroy deletes it.",
        `leave it; or delete it from bypass and adopted where ${script}'s own deploys have to look after it`,
      ),
    ),
    ...respelt.map(({ from, to }) =>
      note(
        `The route ${from} is spelt otherwise than Cloudflare compares it: the first deploy writes it as ${to}, ` +
          "for the same pages.",
        "nothing to do",
      ),
    ),
  ];
}

function noSite(worker: string, left: readonly LeftRoute[], hosts: readonly string[]): AdoptionFinding {
  const [host] = hosts;
  if (left.some(({ script, why }) => script === worker && why === "wildcard-host")) {
    return stop(
      `The Worker ${worker} has only routes for many hosts, and an environment names each of its hosts.`,
      "add a route for each host to it in the dashboard, for example shop.example.com/*, then adopt again",
    );
  }
  if (host !== undefined) {
    return stop(
      `No route leads to the Worker ${worker}: visitors reach it by its custom domain ${hosts.join(", ")}, and an ` +
        "environment knows routes only.",
      `add the route ${host}/* to it in the dashboard, which takes the same pages, then adopt again`,
    );
  }
  return stop(
    `No route leads to the Worker ${worker} in the zones that the token sees.`,
    "give the token Zone · Zone · Read and Zone · Workers Routes · Read for its zones, or name another one with --name",
  );
}

function customDomain(host: string): AdoptionFinding {
  return note(
    `${host} is a custom domain of the Worker: each of its pages gets there without a route, past every bypass. It ` +
      "stays as it is, outside of Terraform, and no plan shows it.",
    `add the route ${host}/* in the dashboard and adopt again; detach the domain once the route is there`,
  );
}

function leftFinding({ pattern, script, why }: LeftRoute): AdoptionFinding {
  switch (why) {
    case "wildcard-host":
      return note(
        `The route ${pattern} is for many hosts: it stays as it is, outside of Terraform, and still works.`,
        "add a site for each host that has to queue, then delete the route in the dashboard",
      );
    case "wildcard-bypass":
      return note(
        `The route ${pattern} leads past all Workers for many hosts: it stays as it is, outside of Terraform, and ` +
          "still works.",
        "write its path into bypass of each site, then delete the route in the dashboard",
      );
    case "other-worker":
      return note(
        `The route ${pattern} belongs to the Worker ${script ?? "of nobody"}: its pages are not queued.`,
        "leave it, or take it away from that Worker first",
      );
    case "unreadable":
      return stop(
        `The route ${pattern} is not one that this project can write: it would stay outside of the environment, and ` +
          "nobody could tell which pages it takes.",
        "write it anew in the dashboard, with * at most at its beginning and its end, then adopt again",
      );
    case "other-zone":
      return stop(
        `The route ${pattern} is in a zone around the one that has the host: visitors get there by the inner zone, ` +
          "and an environment has each host in one zone.",
        "delete it in the dashboard, or write it into the inner zone, then adopt again",
      );
    case "same-pattern":
      return stop(
        `The route ${pattern} is there twice, in two spellings.`,
        "delete one of the two in the dashboard, then adopt again",
      );
  }
}
