import { configurationOf, actionOn, queueAction } from "../../worker/support/configurations.ts";
import { RawOrigin } from "../../worker/support/raw-origin.ts";
import { Shop } from "../../worker/support/shop.ts";
import { DeliveryProbe } from "./delivery-probe.ts";
import type { HostileRequest } from "./hostile-requests.ts";
import { faultOf, isPast, needsLook, type Seen } from "./judge.ts";
import { RawConnections, type RawRequest } from "./raw-connections.ts";

/** Triggers of every kind, and an action of every type; what none of them names is held by the last. */
const CONFIGURATION = configurationOf(
  actionOn("/static/", { Name: "open", ActionType: "Ignore" }),
  actionOn("/leave", { Name: "leave", ActionType: "Cancel" }),
  queueAction({
    Name: "who buys",
    EventId: "event2",
    InvolvedWaitingRoomIds: ["event11"],
    Triggers: [
      {
        LogicalOperator: "Or",
        TriggerParts: [
          { ValidatorType: "RequestBodyValidator", Operator: "Contains", ValueToCompare: "seat" },
          {
            ValidatorType: "HttpHeaderValidator",
            HttpHeaderName: "x-buy",
            Operator: "Equals",
            ValueToCompare: "yes",
          },
          { ValidatorType: "CookieValidator", CookieName: "seat", Operator: "Contains", ValueToCompare: "1" },
        ],
      },
    ],
  }),
  queueAction({ IsNormalizationEnabled: true, Triggers: [{ TriggerParts: [] }] }),
);

const CONFIGURATION_JSON = JSON.stringify(CONFIGURATION);

/** What became of the requests, so that an empty comparison is seen. */
export interface Counts {
  sent: number;
  held: number;
  past: number;
  refusedByRuntime: number;
}

/** A shop behind the Worker, and a site that counts what it is asked. */
class Target {
  readonly counts: Counts = { sent: 0, held: 0, past: 0, refusedByRuntime: 0 };
  readonly #connections: RawConnections;

  private constructor(
    readonly matching: string,
    private readonly shop: Shop,
    private readonly site: RawOrigin,
  ) {
    this.#connections = new RawConnections(shop);
  }

  static async open(matching: "as-configured" | "normalized"): Promise<Target> {
    const site = await RawOrigin.open();
    const variables = { QUEUEIT_MATCHING: matching };
    const shop = await Shop.open({ configuration: CONFIGURATION, originAddress: site.address, variables });
    return new Target(matching, shop, site);
  }

  async close(): Promise<void> {
    this.#connections.close();
    await this.shop.close();
    await this.site.close();
  }

  /** What came of each request. */
  async send(requests: readonly RawRequest[]): Promise<Seen[]> {
    const answers = await this.#connections.send(requests);
    const asked = requests.map(() => 0);
    for (const one of this.site.asked.splice(0)) {
      const index = Number(/^x-test-id: (\d+)/im.exec(one)?.[1]);
      asked[index] = (asked[index] ?? 0) + 1;
    }
    return answers.map((answer, index) => ({ answer, asked: asked[index] ?? 0 }));
  }

  count(seen: Seen, isDelivered: boolean): void {
    this.counts.sent++;
    if (!isDelivered) this.counts.refusedByRuntime++;
    else if (isPast(seen)) this.counts.past++;
    else this.counts.held++;
  }
}

/** The Worker with each way of matching, and one that says what the runtime delivers. */
export class HostileShops {
  private constructor(
    private readonly targets: readonly Target[],
    private readonly probe: DeliveryProbe,
  ) {}

  static async open(): Promise<HostileShops> {
    const targets = [await Target.open("as-configured"), await Target.open("normalized")];
    return new HostileShops(targets, new DeliveryProbe());
  }

  async close(): Promise<void> {
    for (const target of this.targets) await target.close();
    await this.probe.close();
  }

  /** By the way of matching. */
  get counts(): Readonly<Record<string, Counts>> {
    return Object.fromEntries(this.targets.map(({ matching, counts }) => [matching, counts]));
  }

  /**
   * Sends requests at once, to each Worker, and judges what comes of them.
   * @throws Error with the first request that comes to something it must not come to.
   */
  async judge(requests: readonly HostileRequest[]): Promise<void> {
    const raw = requests.map(rawOf);
    const seen = await Promise.all(this.targets.map((target) => target.send(raw)));
    // Whoever is held needs no second look, and nearly all are.
    const suspects = [...requests.keys()].filter((index) =>
      seen.some((all) => needsLook(all[index] as Seen)),
    );
    const delivered = await this.probe.deliver(suspects.map((index) => raw[index] as RawRequest));
    const deliveredAs = new Map(suspects.map((index, place) => [index, delivered[place]]));
    for (const [which, target] of this.targets.entries()) {
      for (const [index, one] of (seen[which] ?? []).entries()) {
        const isSuspect = deliveredAs.has(index);
        target.count(one, !isSuspect || deliveredAs.get(index) !== undefined);
        if (!isSuspect) continue;
        const fault = await faultOf(one, deliveredAs.get(index), CONFIGURATION_JSON);
        if (fault === undefined) continue;
        const all = {
          matching: target.matching,
          request: requests[index],
          ...one,
          delivered: deliveredAs.get(index),
        };
        throw new Error(`${fault}\n${JSON.stringify(all, null, 1)}`);
      }
    }
  }
}

/** The same bytes for all; the number of the request among those that are sent at once comes back from the site. */
function rawOf({ requestLine, headers, body, isChunked }: HostileRequest, index: number): RawRequest {
  const chunked = isChunked ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body;
  const framing = isChunked ? "transfer-encoding: chunked" : `content-length: ${body.length}`;
  const head = [requestLine, `x-test-id: ${index}`, ...headers];
  return body === "" ? { head, body } : { head: [...head, framing], body: chunked };
}
