import { defineEnvironment } from "./environment.ts";

// An example that works as it is in the preview. Replace the ids, hostnames and names with your own: nothing
// is deployed while example values are left. What can be set here is explained in environment.ts.
export default defineEnvironment({
  accountId: "0123456789abcdef0123456789abcdef",
  workerName: "queueit-connector-staging",

  sites: [
    {
      zoneId: "fedcba9876543210fedcba9876543210",
      hostname: "shop.staging.example.com",
      protect: ["/*"],
      // Static files skip the Worker: they are faster, and cost no invocation.
      bypass: ["/static/*", "/favicon.ico*"],
    },
  ],

  queueIt: { customerId: "acme" },

  // Queue-it's platform publishes the integration configuration to the Worker.
  integrationConfiguration: { owner: "publish" },

  // What every plan is checked against, and what "queueit-cf verify" tries on the deployed sites.
  coverage: {
    protected: ["https://shop.staging.example.com/tickets"],
    bypassed: ["https://shop.staging.example.com/static/app.js"],
  },
});
