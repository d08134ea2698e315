import { defineEnvironment } from "./environment.ts";

// An example that works as it is in the preview. Replace the ids, hostnames and names with your own: nothing
// is deployed while example values are left. What can be set here is explained in environment.ts.
export default defineEnvironment({
  accountId: "0123456789abcdef0123456789abcdef",
  workerName: "queueit-connector-production",

  sites: [
    {
      zoneId: "fedcba9876543210fedcba9876543210",
      hostname: "shop.example.com",
      protect: ["/*"],
      bypass: ["/static/*", "/favicon.ico*"],
    },
    {
      zoneId: "fedcba9876543210fedcba9876543210",
      hostname: "tickets.example.com",
      protect: ["/*"],
      bypass: ["/static/*", "/favicon.ico*"],
    },
  ],

  queueIt: {
    customerId: "acme",
    // Only visitors that this site sent can enter the waiting room: the link to it is signed.
    enqueueToken: { validityMs: 240_000 },
  },

  integrationConfiguration: { owner: "publish" },

  // Production only gets a Worker that staging runs already.
  promotedFrom: "staging",
  meantToDiffer: ["queueIt.enqueueToken"],

  coverage: {
    protected: ["https://shop.example.com/tickets", "https://tickets.example.com/tickets"],
    bypassed: ["https://shop.example.com/static/app.js", "https://tickets.example.com/static/app.js"],
  },
});
