import { afterEach, describe, expect, it } from "vitest";
import type { BrokenOff, OpenStack } from "../../../infra/terraform/stack.ts";
import { UserError } from "../../../infra/errors/user-error.ts";
import { deployedBundleOf } from "../../../infra/deploy/bundle-of-state.ts";
import { withWorkerFile } from "../../../infra/specification/target.ts";
import { localStacks } from "../../../infra/local/terraform/local-stacks.ts";
import { deployJson } from "../../../infra/deploy/deploy-json.ts";
import { faultsInOutput } from "../formats/validator.ts";
import { World, anotherBundle } from "./world.ts";

let world: World;
afterEach(() => world.close());

/** Fails once after a Worker was uploaded, as the provider is known to do. */
function failingUpload() {
  let isArmed = false;
  return {
    arm: () => {
      isArmed = true;
    },
    interfere: (address: string) => {
      if (!isArmed || !address.startsWith("cloudflare_workers_script")) return;
      isArmed = false;
      throw new Error("failed to make http request: 502 Bad Gateway");
    },
  };
}

/** Stacks whose apply is broken off once the namespace is there. */
function stoppedAfterNamespace(
  open: OpenStack,
  how: Pick<BrokenOff, "by" | "killedBy">,
  plans: unknown[] = [],
): OpenStack {
  const done = ["cloudflare_workers_kv_namespace.queueit_integration_config"];
  const brokenOff = { ...how, done, unfinished: ["cloudflare_workers_kv.queueit_configuration"] };
  return async (...args) => {
    const stack = await open(...args);
    return {
      ...stack,
      plan: async (mode, options) => {
        plans.push(options);
        const apply = () => Promise.resolve({ ok: false, reason: "It was ended.", brokenOff } as const);
        return { ...(await stack.plan(mode, options)), apply };
      },
    };
  };
}

/** Nobody says yes. */
const NOBODY = { reviewed: undefined, yes: false };

describe("a deploy", () => {
  it("recognizes an upload that succeeded although an error was reported", async () => {
    const upload = failingUpload();
    world = await World.start({ interfere: upload.interfere });
    await world.deploy(world.staging);
    const second = await anotherBundle(world.staging.spec.worker.file, "second");
    const target = withWorkerFile(world.staging, second);
    upload.arm();
    const done = await world.deploy(target);
    expect(done).toMatchObject({ changed: true });
    expect(faultsInOutput(deployJson(target, done))).toEqual([]);
    expect(world.said.join("\n")).toContain("An error was reported, but everything is in the account");
    expect(deployedBundleOf(await (await world.open(target.spec)).outputs())).toBe(second.sha256);
  });

  it("that failed halfway says what is left, keeps what was done, and records no bundle", async () => {
    const upload = failingUpload();
    world = await World.start({ interfere: upload.interfere });
    upload.arm();
    await expect(world.deploy(world.staging)).rejects.toThrow(
      /failed halfway: .*502 Bad Gateway\nLeft to change:[\s\S]*\n- Worker queueit-connector-staging created/,
    );
    expect(await world.store.history("staging")).toEqual([]);
    expect(await world.deploy(world.staging)).toMatchObject({ changed: true });
  });

  it("is refused when the account changed after its plan was made", async () => {
    world = await World.start();
    await world.deploy(world.staging);
    const target = withWorkerFile(
      world.staging,
      await anotherBundle(world.staging.spec.worker.file, "later"),
    );
    const meddling = async () => {
      const [route] = world.server.account.routes.filter(({ script }) => script !== undefined);
      await world.server.account.deleteRoute(route?.id ?? "");
      return true;
    };
    await expect(
      world.deploy(target, {
        approval: { reviewed: undefined, yes: false },
        console: { ...world.console, confirm: meddling },
      }),
    ).rejects.toThrow("failed halfway");
  });

  it("asks with what it will do, and goes on when the answer is yes", async () => {
    world = await World.start();
    world.answer = true;
    await world.deploy(world.staging, {
      approval: { reviewed: undefined, yes: false },
      verb: "Roll back with",
    });
    expect(world.said).toContain("Roll back with exactly this plan?");
    expect(world.review?.counts.create).toBeGreaterThan(0);
  });

  it("with nothing to change records a bundle that an earlier one was ended before it recorded", async () => {
    world = await World.start();
    const ended = () => Promise.reject(new UserError("bucket-forbidden", "Objects may not be written."));
    await expect(world.deploy(world.staging, { store: { ...world.store, record: ended } })).rejects.toThrow(
      "deploy again, which records it",
    );
    expect(await world.store.history("staging")).toEqual([]);
    expect(await world.deploy(world.staging)).toMatchObject({ changed: false });
    const { sha256 } = world.staging.spec.worker.file;
    expect(await world.store.history("staging")).toMatchObject([{ sha256 }]);
    await world.deploy(world.staging);
    expect(await world.store.history("staging")).toHaveLength(1);
  });

  it("whose second plan cannot be made says that it is deployed all the same", async () => {
    world = await World.start();
    const full = new UserError("temporary-folder", "Nothing can be created in the temporary directory.");
    let plans = 0;
    const open: OpenStack = async (...args) => {
      const stack = await world.open(...args);
      const plan: typeof stack.plan = (...each) =>
        plans++ === 0 ? stack.plan(...each) : Promise.reject(full);
      return { ...stack, plan };
    };
    await expect(world.deploy(world.staging, { open })).rejects.toThrow(
      /^staging was deployed, but whether anything is left to change is not known: Nothing can be created .* npx queueit-cf deploy staging$/,
    );
  });

  it("that cannot be recorded says that it is deployed all the same", async () => {
    world = await World.start();
    const record = () => Promise.reject(new UserError("bucket-forbidden", "Objects may not be written."));
    await expect(world.deploy(world.staging, { store: { ...world.store, record } })).rejects.toThrow(
      "staging is deployed, but its bundle is not recorded, so no rollback will find it. Objects may not be written.",
    );
  });

  it("on a lost state says what the account has, and how to import exactly that", async () => {
    world = await World.start();
    await world.deploy(world.staging);
    const { server, variables, staging } = world;
    const open = localStacks({ account: server.account, variables, afterApply: server.deployed });
    const [namespace] = server.account.namespaces;
    const error = String(await world.deploy(staging, { open }).catch((reason: unknown) => reason));
    expect(error).toContain("10014");
    expect(error).toContain("but not in the state: the state was lost or is elsewhere");
    expect(error).not.toContain("recorded in the state");
    const id = `${staging.spec.accountId}/${namespace?.id ?? ""}`;
    expect(error).toContain(`import cloudflare_workers_kv_namespace.queueit_integration_config ${id}\n`);
    // Without it the next deploy would write the seed over what Queue-it has published.
    expect(error).toContain(`import cloudflare_workers_kv.queueit_configuration ${id}/info\n`);
    for (const { id: route } of server.account.routes) expect(error).toContain(`/${route}`);
  });

  it("that was stopped says what was done, what perhaps, and what not, and looks no further", async () => {
    world = await World.start();
    const stopped = stoppedAfterNamespace(world.open, { by: "SIGINT", killedBy: undefined });
    const error: unknown = await world
      .deploy(world.staging, { open: stopped })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "interrupted", exitCode: 130 });
    expect(String(error)).toMatch(
      /Done:\n- KV namespace .* created\nUnder way, and possibly done:\n- Integration configuration[^\n]*\nNot begun:\n(?:- .*\n)*- Worker/,
    );
    expect(String(error)).toContain("npx queueit-cf deploy staging");
  });

  it("whose planner was killed looks at the account, without asking for the lock that it may have left", async () => {
    world = await World.start();
    const options: unknown[] = [];
    const killed = stoppedAfterNamespace(world.open, { by: undefined, killedBy: "SIGKILL" }, options);
    await expect(world.deploy(world.staging, { open: killed })).rejects.toThrow(
      /failed halfway[\s\S]*Done:[\s\S]*Left to change:[\s\S]*may exist only in the account/,
    );
    expect(options).toEqual([undefined, { readOnly: true }]);
  });

  it("that cannot look a second time says both why it failed and why it cannot look", async () => {
    world = await World.start();
    const upload = failingUpload();
    upload.arm();
    const failing = localStacks({
      account: world.server.account,
      variables: world.variables,
      interfere: upload.interfere,
    });
    let plans = 0;
    const open: OpenStack = async (...args) => {
      const stack = await failing(...args);
      const plan: typeof stack.plan = (...of) =>
        plans++ === 0
          ? stack.plan(...of)
          : Promise.reject(new UserError("plan-failed", "The network is gone."));
      return { ...stack, plan };
    };
    await expect(world.deploy(world.staging, { open })).rejects.toThrow(
      /502 Bad Gateway\nWhat is left to change is unknown: The network is gone\./,
    );
  });

  it("tells a state that is elsewhere from a first deploy", async () => {
    world = await World.start();
    await world.deploy(world.staging);
    const { server, variables } = world;
    const emptyState = localStacks({ account: server.account, variables, afterApply: server.deployed });
    await expect(world.deploy(world.staging, { open: emptyState, approval: NOBODY })).rejects.toThrow();
    expect(world.review?.risks[0]).toMatchObject({ rule: "state-elsewhere", level: "high" });
  });

  it("keeps the secret key out of everything it says and reports", async () => {
    world = await World.start();
    await world.deploy(world.staging);
    expect(world.said.join("\n") + JSON.stringify(world.review)).not.toContain(world.secretKey);
  });
});
