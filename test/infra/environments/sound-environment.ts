import type { Environment } from "../../../infra/environments/environment.ts";

/** An environment without any problem, to vary in tests. */
export const SOUND: Environment = {
  accountId: "5e1d0c4b3a29180716f5e4d3c2b1a090",
  workerName: "queueit-connector",
  sites: [
    {
      zoneId: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
      hostname: "shop.tickets-and-more.dk",
      protect: ["/*"],
      bypass: ["/static/*"],
    },
  ],
  queueIt: { customerId: "ticketsandmore" },
};

/** The first site of `SOUND`, to vary in tests. */
export const SITE = SOUND.sites[0];
