import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { z } from "zod";
import { jsonOf } from "../json/json-of.ts";
import type { LockedPackage } from "./licences.ts";

/** A package with the version that is installed. */
export interface VersionedPackage extends LockedPackage {
  readonly version: string;
}

const bill = z.object({
  specVersion: z.string(),
  metadata: z.object({ component: z.object({ purl: z.string() }) }),
  components: z.array(z.object({ purl: z.string() })),
});

/**
 * What is wrong with a bill of materials; empty when nothing is: it is what CycloneDX's own schema asks for, of this
 * package, and lists every package that an installation gets.
 *
 * @param text What `npm run sbom` printed.
 * @param own Name and version of this package.
 */
export async function billProblems(
  text: string,
  own: { readonly name: string; readonly version: string },
  packages: readonly VersionedPackage[],
): Promise<readonly string[]> {
  const parsed = bill.safeParse(jsonOf(text));
  if (!parsed.success)
    return [`It is no bill of materials in CycloneDX's form (look at ${whereIn(parsed.error)}).`];
  const { specVersion, metadata, components } = parsed.data;
  const version = z.enum(Spec.Version).safeParse(specVersion).data;
  if (version === undefined) return [`It has the form ${specVersion}, and nobody here knows that.`];
  const invalid: unknown = await new Validation.JsonStrictValidator(version).validate(text);
  const purl = `pkg:npm/${own.name}@${own.version}`;
  // A package that is installed under another name has its own in its address alone.
  const listed = new Set(components.map((each) => decodeURIComponent(each.purl)));
  const missing = packages
    .filter(({ dev }) => dev !== true)
    .map(({ name, version: at }) => `${name}@${at}`)
    .filter((each) => !listed.has(`pkg:npm/${each}`));
  return [
    ...(invalid === null
      ? []
      : [`It is not what CycloneDX's schema asks for: ${JSON.stringify(invalid).slice(0, 500)}`]),
    ...(metadata.component.purl === purl ? [] : [`It is of ${metadata.component.purl}, not of ${purl}.`]),
    ...[...new Set(missing)].map((each) => `It does not list ${each}.`),
  ];
}

function whereIn({ issues }: z.ZodError): string {
  return issues[0]?.path.join(".") ?? "its beginning";
}
