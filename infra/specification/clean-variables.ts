import { SECRET_FORM } from "../secrets/secret-form.ts";
import type { StateBackend } from "../environments/definition/state-backend.ts";
import { UserError } from "../errors/user-error.ts";
import { parsedUrl } from "../url/parsed-url.ts";

/** What is in an HTTP header as it is: visible ASCII, and no quotes around it. */
const TOKEN = /^[!#-&(-_a-~]([!-~]*[!#-&(-_a-~])?$/;
/** Anything in one line without white space or quotes around it. */
const LINE = /^(?![\s\p{Cf}"'`])[^\p{Cc}\p{Zl}\p{Zp}]*(?<![\s\p{Cf}"'`])$/u;

/**
 * A whole http or https address. `localhost:8788/client/v4` is one of the scheme `localhost`, and would be taken for the
 * real Cloudflare, with the real state.
 */
const ADDRESS = {
  test: (value: string) => /^https?:\/\//i.test(value) && LINE.test(value) && parsedUrl(value) !== undefined,
};

const FORMS: readonly (readonly [names: RegExp, form: { readonly test: (value: string) => boolean }])[] = [
  [/^CLOUDFLARE_(API_)?BASE_URL$|^QUEUEIT_LOCAL_EDGE$/, ADDRESS],
  [/^TF_VAR_queueit_|^QUEUEIT_SECRET_KEY/, new RegExp(SECRET_FORM, "u")],
  [/^CLOUDFLARE_API_(TOKEN|KEY|USER_SERVICE_KEY)$|^TF_TOKEN_/, TOKEN],
  [/^CLOUDFLARE_|^QUEUEIT_|^TERRAFORM_BINARY_NAME$|^TF_VAR_accept_example_values$/, LINE],
];

const OF_BUCKETS: typeof FORMS = [
  [/^AWS_(ACCESS_KEY(_ID)?|SECRET_(ACCESS_)?KEY|SESSION_TOKEN)$/, TOKEN],
  [/^AWS_/, LINE],
];

/**
 * Makes sure that every variable is what it is meant to be, before anybody uses it. Nothing is cleaned:
 * Terraform and its providers read the variables themselves, and would use another value than this process.
 * An empty variable counts as none.
 *
 * @param backend Where the state is; variables of AWS matter to buckets only.
 * @throws UserError that names all of them and never shows a value.
 */
export function requireCleanVariables(
  variables: Readonly<Record<string, string | undefined>>,
  backend?: StateBackend["type"],
): void {
  const faults = uncleanVariables(variables, backend);
  if (faults.length === 0) return;
  throw new UserError(
    "variables-unclean",
    `Nothing was done, because an environment variable is not a clean value: ${faults.join("; ")}. Terraform ` +
      `uses it exactly as it is. ${CLEAN}`,
  );
}

/** What to do about a variable that is not clean. */
export const CLEAN =
  "Set it to the value alone, on one line and without quotes around it; " +
  `from a file: export NAME="$(tr -d '\\r\\n' < FILE)"`;

/** Each variable that is not what it is meant to be, with what is wrong with it, and never its value. */
export function uncleanVariables(
  variables: Readonly<Record<string, string | undefined>>,
  backend?: StateBackend["type"],
): readonly string[] {
  const forms = backend === "r2" || backend === "s3" ? [...FORMS, ...OF_BUCKETS] : FORMS;
  return Object.entries(variables).flatMap(([name, value = ""]) => {
    const [, form] = forms.find(([names]) => names.test(name)) ?? [];
    return value === "" || form === undefined || form.test(value)
      ? []
      : [`${name} ${LINE.test(value) && form === ADDRESS ? NO_ADDRESS : faultOf(value)}`];
  });
}

const NO_ADDRESS = "is not a whole address, such as http://127.0.0.1:8788/client/v4";

function faultOf(value: string): string {
  if (/^[\s\p{Cf}]*$/u.test(value)) return "holds nothing but white space";
  if (/[\r\n]$/.test(value)) return "ends with a line break, as files and pipes leave one";
  if (/^[\s\p{Cf}]|[\s\p{Cf}]$/u.test(value)) return "has white space or an invisible character around it";
  if (/^["'`\p{Pi}\p{Pf}]|["'`\p{Pi}\p{Pf}]$/u.test(value)) return "has quotes around it";
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/u.test(value))
    return "has a line break or another invisible character in it";
  if (/^[^\x21-\x7e]|[^\x21-\x7e]$/.test(value))
    return (
      "begins or ends with a non-ASCII character, which such a value never does and which may have " +
      "been pasted with it"
    );
  return "has a character in it that such a value never has, such as a space or a non-ASCII one";
}
