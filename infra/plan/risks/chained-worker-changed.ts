import { chainedWorkerIn } from "../deployment.ts";
import { sentence } from "../sentence.ts";
import type { Risk, RiskRule } from "./risk.ts";

/** Another Worker than before answers what passes, or the origin does instead of one. */
export const chainedWorkerChanged: RiskRule = ({ before, after }) =>
  after.workers.flatMap((worker): readonly Risk[] => {
    const old = before.workers.find(({ address }) => address === worker.address);
    if (old === undefined) return [];
    const [was, is] = [chainedWorkerIn(old), chainedWorkerIn(worker)];
    if (was === is) return [];
    if (is === undefined) {
      return [
        {
          rule: "chained-worker-changed",
          level: "high",
          title: sentence`Requests that pass no longer reach the Worker ${was ?? ""}`,
          explanation:
            "The origin answers them instead. What that Worker did for each page, such as logins, prices or redirects, " +
            "is gone; where it is the site, visitors get an error.",
          remedy: "Keep worker.then in the environment, unless the origin can do without that Worker.",
        },
      ];
    }
    return [
      {
        rule: "chained-worker-changed",
        level: "medium",
        title:
          was === undefined
            ? sentence`Requests that pass go to the Worker ${is} instead of the origin`
            : sentence`Requests that pass go to the Worker ${is} instead of ${was}`,
        explanation: "From the apply on, it answers every page that the connector lets pass.",
        remedy: "Open a few pages of the site right after the deploy; queueit-cf verify does so too.",
      },
    ];
  });
