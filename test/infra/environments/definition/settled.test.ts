import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { specify } from "../../../../infra/specification/specify.ts";
import { settingDifferences } from "../../../../infra/deploy/setting-differences.ts";
import { settled } from "../../../../infra/environments/definition/settled.ts";
import type { SettledEnvironment } from "../../../../infra/environments/definition/settled-environment.ts";
import { validateEnvironments } from "../../../../infra/environments/definition/validation.ts";
import type { Environment, NamedEnvironment } from "../../../../infra/environments/environment.ts";
import { environmentContext } from "../../../../infra/plan/environment-context.ts";
import { synthesized } from "../../connector/synthesized.ts";
import { SPEC } from "../../specification/specs.ts";
import { SOUND } from "../sound-environment.ts";
import { environments } from "./arbitrary-environments.ts";
import { OPTION_NAMES, OPTIONS, valueAt, writtenOut } from "./documented-options.ts";

const staging = (environment: Environment): NamedEnvironment => ({ name: "staging", environment });

/** Another environment, for those that are promoted from it. */
const QA: Environment = {
  ...SOUND,
  accountId: "00112233445566778899aabbccddeeff",
  backend: { type: "local", path: "qa.tfstate" },
};

function specOf(environment: Environment) {
  return specify({
    named: staging(environment),
    all: [staging(environment), { name: "qa", environment: QA }],
    workerFile: SPEC.worker.file,
    readConfiguration: (path) => `{"read":"${path}"}`,
  });
}

describe("an option of an environment", () => {
  it("has its default in environment.ts, and is tried here", () => {
    expect(OPTION_NAMES.documented).toEqual(OPTION_NAMES.tried);
  });

  it.each(OPTIONS)("$place has the default that is documented", ({ place, value, example }) => {
    expect(valueAt(example, place)).toBeUndefined();
    if (value === undefined) expect(valueAt(settled(staging(example)), place)).toBeUndefined();
    else expect(valueAt(settled(staging(example)), place)).toMatchObject(value as object);
  });
});

/** Paths of what may be left out of a type, such as `queueIt.verifyAction`. */
type LeftOpen<Type, Path extends string = ""> = Type extends readonly (infer Item)[]
  ? LeftOpen<Item, `${Path}0.`>
  : Type extends object
    ? {
        [Name in keyof Type & string]-?: Exclude<Type[Name], undefined> extends never
          ? never
          : | (Record<never, never> extends Pick<Type, Name> ? `${Path}${Name}` : never)
            | LeftOpen<Exclude<Type[Name], undefined>, `${Path}${Name}.`>;
      }[keyof Type & string]
    : never;

describe("the type of a settled environment", () => {
  it("leaves open only what has no default, and the compiler proves that these are all", () => {
    const leftOpen: Record<LeftOpen<SettledEnvironment>, true> = {
      promotedFrom: true,
      adopted: true,
      "adopted.namespaceId": true,
      "queueIt.enqueueToken": true,
      "queueIt.verifyAction": true,
      "queueIt.directPass": true,
      "integrationConfiguration.seed": true,
      "backend.jurisdiction": true,
      "worker.hooks": true,
      "worker.then": true,
    };
    const withoutDefault = OPTIONS.filter(({ value }) => value === undefined);
    expect(new Set(Object.keys(leftOpen))).toEqual(new Set(withoutDefault.map(({ place }) => place)));
  });
});

describe("a default that is written out", () => {
  const options = OPTIONS.filter(({ value }) => value !== undefined);

  it.each(options)("is valid, and means what it does left out: $place", (option) => {
    const { example } = option;
    const written = writtenOut(example, option);
    expect(written).not.toEqual(example);
    expect(errorsOf(written)).toEqual([]);
    expectSame(example, written);
    expect(synthesized(specOf(written))).toEqual(synthesized(specOf(example)));
  });

  it("means what it does left out, whatever else the environment says", () => {
    let changed = 0;
    fc.assert(
      fc.property(environments, fc.subarray(options), (environment, chosen) => {
        const written = chosen.reduce(writtenOut, environment);
        if (written !== environment) changed += 1;
        expectSame(environment, written);
      }),
    );
    expect(changed).toBeGreaterThan(50);
  });

  it("may be the own name of a binding", () => {
    const worker = { source: "file", path: "vendor.js", format: "es-module" } as const;
    const names = { QUEUEIT_CUSTOMER_ID: "QUEUEIT_CUSTOMER_ID", IntegrationConfigKV: "IntegrationConfigKV" };
    expectSame({ ...SOUND, worker }, { ...SOUND, worker: { ...worker, names } });
  });
});

describe("a settled environment", () => {
  it("is an environment that means the same, and is settled for good", () => {
    fc.assert(
      fc.property(environments, (environment) => {
        const once = settled(staging(environment));
        expectSame(environment, once);
      }),
    );
  });

  it("keeps everything that was written", () => {
    fc.assert(
      fc.property(environments, (environment) => {
        expect(settled(staging(environment))).toMatchObject(environment);
      }),
    );
  });

  it("takes what is undefined for left out, as a program in plain JavaScript may write it", () => {
    const backend = { type: "r2", bucket: "states", key: undefined } as unknown as Environment["backend"];
    const odd = { ...SOUND, failure: undefined, backend } as unknown as Environment;
    expect(settled(staging(odd))).toMatchObject({
      failure: "open",
      backend: { key: "queueit/staging.tfstate" },
    });
  });
});

/** What validation refuses. Warnings may differ: some say that a name would better be written. */
function errorsOf(environment: Environment): readonly string[] {
  const all = [staging(environment), { name: "qa", environment: QA }];
  return validateEnvironments(all, () => '{"Version":1,"Integrations":[]}')
    .filter(({ severity }) => severity === "error")
    .map((problem) => `${problem.environment} ${problem.path} ${problem.code}`);
}

/** Both ask for the same, and neither differs from the other where one is promoted from the other. */
function expectSame(one: Environment, other: Environment): void {
  expect(settled(staging(other))).toEqual(settled(staging(one)));
  expect(errorsOf(other)).toEqual(errorsOf(one));
  expect(specOf(other)).toEqual(specOf(one));
  expect(environmentContext(staging(other))).toEqual(environmentContext(staging(one)));
  expect(settingDifferences(one, other)).toEqual([]);
  expect(settingDifferences(other, one)).toEqual([]);
}
