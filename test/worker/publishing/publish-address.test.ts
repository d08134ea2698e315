import { describe, expect, it } from "vitest";
import { isPublishCall } from "../../../worker/publishing/publish.ts";

describe("what counts as a publish call", () => {
  it.each(["?__push_queueit_config", "?a=b&__push_queueit_config=1", "?__push_queueit_config=&a#b"])(
    "%s does",
    (query) => {
      expect(isPublishCall(`https://shop.example/${query}`)).toBe(true);
    },
  );

  it.each([
    "__push_queueit_config",
    "a&__push_queueit_config",
    "?x__push_queueit_config",
    "?__push_queueit_configuration",
    "?a=__push_queueit_config",
    "?__PUSH_queueit_config",
    "#?__push_queueit_config",
    "?a=b#&__push_queueit_config",
    "a",
  ])("%s does not", (rest) => {
    expect(isPublishCall(`https://shop.example/${rest}`)).toBe(false);
  });
});
