import { counted } from "../../../../text/counted.ts";
import { duration } from "../../../../text/duration.ts";
import { figure } from "../../../../text/figures.ts";
import { saleMs } from "../cost.ts";
import { lineSummary } from "../line-summary.ts";
import type { FixRule } from "./fix-rule.ts";

/** An outflow at which not everybody's turn comes within the sale. */
export const slowOutflow: FixRule = (rehearsal) => {
  const { outflow, durationMs, realVisitors } = rehearsal.scenario;
  const [needsMs, { left }] = [saleMs(rehearsal), lineSummary(rehearsal)];
  if (needsMs <= durationMs) return [];
  const enough = Math.ceil((outflow * needsMs) / durationMs);
  const waiting = left === 0 ? "" : ` In the rehearsal ${counted(left, "visitor")} still waited at the end.`;
  return [
    {
      rule: "slow-outflow",
      level: "medium",
      title: `${figure(outflow)} a minute and waiting room is too slow for ${counted(realVisitors, "visitor")}`,
      explanation:
        `The last of them would be let in after ${duration(needsMs)}; the sale was taken to last ` +
        `${duration(durationMs)}.${waiting}`,
      remedy: `Let in ${figure(enough)} a minute, if the site can take it, or plan for a longer sale.`,
    },
  ];
};
