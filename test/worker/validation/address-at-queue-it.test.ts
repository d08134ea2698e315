import { describe, expect, it } from "vitest";
import { addressAtQueueIt } from "../../../worker/validation/address-at-queue-it.ts";
import { CONNECTOR_VERSION } from "../../../worker/deployment/version.ts";

const ROOM = "https://testcustomer.queue-it.net/?c=testcustomer&e=event1";
const VERSION = `&kupver=cloudflare-${CONNECTOR_VERSION}`;

describe("an address at Queue-it", () => {
  it("says the connector's version", () => {
    expect(addressAtQueueIt(ROOM, "", undefined)).toBe(ROOM + VERSION);
  });

  it("gets the enqueue token where the SDK left a place for it", () => {
    expect(addressAtQueueIt(`${ROOM}&enqueuetoken=made-later&t=x`, "", "a.b.c")).toBe(
      `${ROOM}&enqueuetoken=a.b.c&t=x${VERSION}`,
    );
    expect(addressAtQueueIt(`${ROOM}&enqueuetoken=made-later`, "", undefined)).toContain("made-later");
  });

  it("repeats a refused token encoded, whatever is in it", () => {
    const token = "e_event1&t=https://evil.example$&#\r\n";
    expect(addressAtQueueIt(`${ROOM}&queueittoken=${token}&ts=1`, token, undefined)).toBe(
      `${ROOM}&queueittoken=${encodeURIComponent(token)}&ts=1${VERSION}`,
    );
  });

  it("encodes the token where it is repeated, and not what is like it before", () => {
    expect(addressAtQueueIt(`${ROOM}&man=a b&queueittoken=a b`, "a b", undefined)).toBe(
      `${ROOM}&man=a b&queueittoken=a%20b${VERSION}`,
    );
  });

  it("leaves alone what only looks like a token, where the visitor had none", () => {
    const address = `${ROOM}&t=x&queueittoken=`;
    expect(addressAtQueueIt(address, "", undefined)).toBe(address + VERSION);
  });
});
