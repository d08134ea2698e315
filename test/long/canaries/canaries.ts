import { createHash } from "node:crypto";

/** Every secret that an environment, its state and its pipeline have, by the variable that holds it. */
const NAMES = [
  "TF_VAR_queueit_secret_key",
  "TF_VAR_queueit_api_key",
  "TF_VAR_queueit_direct_pass_key",
  "QUEUEIT_SECRET_KEY",
  "QUEUEIT_SECRET_KEY_STAGING",
  "CLOUDFLARE_API_TOKEN",
  "CLOUDFLARE_API_KEY",
  "CLOUDFLARE_API_USER_SERVICE_KEY",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "TF_TOKEN_app_terraform_io",
  "QUEUEIT_PLAN_KEY",
  "GITHUB_TOKEN",
  "GH_TOKEN",
  "ACTIONS_RUNTIME_TOKEN",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "CI_JOB_TOKEN",
  "NODE_AUTH_TOKEN",
] as const;

/** With characters that every escaping changes. */
export const CANARIES: Readonly<Record<string, string>> = Object.fromEntries(
  NAMES.map((name) => [
    name,
    `cAn${createHash("sha256").update(name).digest("hex").slice(0, 16)}"<&>'%/+=\\z`,
  ]),
);

/** What no process but this program and Terraform has a use for, and what only this program has. */
export const OF_TERRAFORM = /^TF_|^CLOUDFLARE_|^AWS_/;

/** The forms in which a text, or what a program made of it, would hold a secret. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // The first and the last characters depend on what is around it.
    return encoded.slice(offset === 0 ? 0 : 4, -2);
  });
  const html = (name: (code: number) => string) =>
    secret.replace(/[^a-zA-Z0-9]/g, (character) => name(character.charCodeAt(0)));
  return [
    secret,
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    ...base64,
    ...base64.map((each) => each.replaceAll("+", "-").replaceAll("/", "_")),
    encodeURIComponent(secret),
    new URLSearchParams({ q: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    html((code) => `&#${code};`),
    html((code) => `&#x${code.toString(16)};`),
    html((code) => `\\u${code.toString(16).padStart(4, "0")}`),
    // What is left where the end was cut off, or escaped in a way that is not listed.
    secret.slice(0, 19),
  ];
}

/** What a program or a server may say of a secret, whole. */
export function encodingsOf(secret: string): readonly string[] {
  const encoded = [0, 1, 2].map((offset) => Buffer.from(`${"-".repeat(offset)}${secret}-`));
  return [
    ...encoded.flatMap((bytes) => [bytes.toString("base64"), bytes.toString("base64url")]),
    ...formsOf(secret).filter((form) => !/^[\w+/-]+$/.test(form)),
    Buffer.from(secret).toString("hex"),
  ];
}

const FORMS = Object.entries(CANARIES).map(([name, secret]) => [name, formsOf(secret)] as const);

/** Names of the variables whose secrets are in a text, in whatever form. */
export function canariesIn(text: string, isMeant: (name: string) => boolean = () => true): readonly string[] {
  return FORMS.filter(([name, forms]) => isMeant(name) && forms.some((form) => text.includes(form))).map(
    ([name]) => name,
  );
}
