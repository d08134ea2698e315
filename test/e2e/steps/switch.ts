import { connectorPlace } from "../../../infra/account/connector-place.ts";
import { seeConnector } from "../../../infra/account/read-switches.ts";
import { reviewOf } from "../../../infra/deploy/review-of.ts";
import { driftOf } from "../../../infra/plan/drift/drift.ts";
import type { Target } from "../../../infra/specification/target.ts";
import { withSwitches } from "../../../infra/specification/with-switches.ts";
import type { SwitchPlace } from "../../../infra/switch/place.ts";
import { switchFailure } from "../../../infra/switch/switch-failure.ts";
import { switchOff } from "../../../infra/switch/switch-off.ts";
import { switchOn } from "../../../infra/switch/switch-on.ts";
import type { OpenStack } from "../../../infra/terraform/stack.ts";
import { expectEqual } from "../expect.ts";
import type { World } from "../world.ts";
import { step } from "./promotion-walk.ts";

const FAILURE = "QUEUEIT_FAILURE_MODE";
const confirm = () => Promise.resolve();

function switchesIn({ server, targets: { staging } }: World) {
  const access = { baseUrl: server.apiUrl, token: server.token };
  const named = { name: "staging", words: "staging", environment: undefined };
  const place: SwitchPlace = { ...connectorPlace(staging), ...named };
  const switched = async (): Promise<Target> => {
    const { switches } = await seeConnector(place, access);
    return { ...staging, spec: withSwitches(staging.spec, switches, FAILURE) };
  };
  return { access, place, switched, by: "e2e", now: new Date() };
}

async function driftCauses(target: Target, open: OpenStack): Promise<readonly string[]> {
  const planned = await (await open(target.spec)).plan("refresh-only", { readOnly: true });
  try {
    return driftOf(reviewOf(target, planned, {}), target.spec)
      .found.filter(({ cause }) => cause !== "published")
      .map(({ cause }) => cause);
  } finally {
    await planned.discard();
  }
}

export const switchedOff = step("switch staging off, deploy meanwhile, switch it on", async (world, used) => {
  const { server } = world;
  const { access, place, switched, by, now } = switchesIn(world);
  const before = server.account.routes;
  await switchOff({ place, access, reason: "e2e", by, now, confirm });
  const target = await switched();
  expectEqual("Whether the deploy changed anything", (await used.deployed(target)).changed, false);
  expectEqual("The drift", await driftCauses(target, used.open), ["switched"]);
  const protecting = server.account.routes.filter(({ script }) => script === place.worker);
  expectEqual("Routes that lead to the Worker", protecting, []);
  await switchOn({ place, access, leavesOthers: false, confirm });
  expectEqual("The routes", server.account.routes, before);
  const back = await used.deployed(await switched());
  expectEqual("Whether the deploy after it changed anything", back.changed, false);
});

export const failureSwitched = step(
  "switch the failure mode, deploy meanwhile, and back",
  async (world, used) => {
    const { access, place, switched, by, now } = switchesIn(world);
    const options = { place, access, by, now, confirm, reason: () => "e2e" };
    await switchFailure({ ...options, mode: "closed" });
    const target = await switched();
    expectEqual("Whether the deploy changed anything", (await used.deployed(target)).changed, false);
    expectEqual("The drift", await driftCauses(target, used.open), ["switched"]);
    await switchFailure({ ...options, mode: "open" });
    const back = await used.deployed(await switched());
    expectEqual("Whether the deploy after it changed anything", back.changed, false);
    await used.expectVerified(await switched(), target.spec.worker.file.sha256);
  },
);
