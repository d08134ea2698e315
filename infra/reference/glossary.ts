/** A word of this field, as this project uses it. */
export interface Term {
  readonly word: string;
  /** One sentence. */
  readonly meaning: string;
  /**
   * Words that others use for it, and no page here does.
   * @default none
   */
  readonly never?: readonly string[];
}

/** In the order of the alphabet. */
export const GLOSSARY: readonly Term[] = [
  {
    word: "action",
    meaning:
      "What the integration configuration says about requests whose triggers match: Queue sends visitors to a waiting room, Ignore leaves them alone, Cancel ends their session.",
  },
  {
    word: "API key",
    meaning: "Queue-it's key by which the Worker fetches the integration configuration itself.",
  },
  { word: "backend", meaning: "Where Terraform keeps the state of an environment." },
  {
    word: "binding",
    meaning:
      "What the deployment gives the Worker under a name: the KV namespace, a variable, a secret, another Worker.",
  },
  { word: "bundle", meaning: "The Worker's code as one file, known by its SHA-256 hash." },
  {
    word: "bypass",
    meaning: "A route past the Worker: its pages and files neither queue nor cost anything.",
    never: ["whitelist", "allowlist"],
  },
  { word: "connector", meaning: "The Worker with everything around it that makes a site queue." },
  { word: "construct", meaning: "The part of a CDKTF app that makes one connector." },
  { word: "coverage", meaning: "Pages that an environment names, with what has to become of each." },
  { word: "customer id", meaning: "The name that Queue-it knows you by." },
  {
    word: "digest",
    meaning: "A short fingerprint of a plan; a deploy that names it applies that plan and no other.",
  },
  { word: "drift", meaning: "What somebody changed in the account beside Terraform." },
  {
    word: "enqueue token",
    meaning:
      "What the site signs for a visitor whom it sends to the waiting room, so that nobody else gets into the line.",
  },
  {
    word: "environment",
    meaning: "One deployment, such as staging or production, written down as one file.",
  },
  { word: "freeze", meaning: "Times in which an environment is not to be deployed." },
  { word: "hook", meaning: "A function of your own that the Worker calls." },
  {
    word: "integration configuration",
    meaning:
      "The list of actions that says which requests queue, and where; it is made in Queue-it's GO platform.",
    never: ["integration config"],
  },
  {
    word: "isolate",
    meaning: "One running copy of the Worker in one of Cloudflare's data centers, with its own memory.",
  },
  { word: "KV namespace", meaning: "Cloudflare's store that holds the integration configuration." },
  {
    word: "local Cloudflare",
    meaning: "A Cloudflare on your machine that Terraform and wrangler can deploy to.",
  },
  { word: "plan", meaning: "What a deploy would change, worked out before it changes anything." },
  { word: "promotion", meaning: "A deploy of exactly the bundle that another environment runs." },
  {
    word: "publish call",
    meaning: "The signed request by which Queue-it brings the integration configuration to the Worker.",
  },
  {
    word: "queue token",
    meaning: "What a visitor comes back with from the waiting room: the signed proof that it was their turn.",
  },
  { word: "rehearsal", meaning: "A sale with simulated visitors on your machine." },
  { word: "rollback", meaning: "A deploy of a bundle that the environment has run before." },
  { word: "route", meaning: "A pattern of addresses, and the Worker that Cloudflare sends them to." },
  {
    word: "secret key",
    meaning: "Queue-it's key that signs tokens, session cookies and publish calls.",
  },
  {
    word: "session cookie",
    meaning: "What lets a visitor browse who has waited; the Worker signs it.",
    never: ["session token"],
  },
  { word: "site", meaning: "One hostname of yours, with the paths that queue and those that do not." },
  { word: "stack", meaning: "All that Terraform makes for one environment." },
  { word: "status call", meaning: "A signed request by which a command asks the Worker what it runs." },
  { word: "switch", meaning: "Takes the connector off the pages in seconds, and puts it back." },
  { word: "trigger", meaning: "A condition on a request, such as what its path begins with." },
  {
    word: "waiting room",
    meaning: "Queue-it's pages where visitors wait for their turn; its id is the event id.",
    never: ["lobby", "queue page", "waitingroom"],
  },
  {
    word: "Worker",
    meaning: "The program that runs at Cloudflare, in front of your site, and decides for each request.",
    never: ["edge function", "worker script"],
  },
  { word: "zone", meaning: "A domain in a Cloudflare account, such as `example.com`." },
];
