import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WaitingLine } from "../../../../infra/local/queue-it/waiting-line.ts";

describe("a waiting line that passes 20 visitors per minute", () => {
  it("lets the only visitor in after three seconds", () => {
    const line = new WaitingLine(20, 0);
    const ticket = line.join(1000);

    expect(line.place(ticket, 3999).passed).toBe(false);
    expect(line.place(ticket, 4000).passed).toBe(true);
  });

  it("tells the visitor behind two others how many are ahead, and how long it takes", () => {
    const line = new WaitingLine(20, 0);
    line.addCrowd(2, 0);
    const ticket = line.join(0);

    expect(line.place(ticket, 0)).toEqual({ ahead: 2, waitMs: 9000, progress: 0, passed: false });
    expect(line.place(ticket, 4500)).toEqual({ ahead: 1, waitMs: 4500, progress: 0.5, passed: false });
  });

  it("saves nothing up while it is empty", () => {
    const line = new WaitingLine(20, 0);

    expect(line.place(line.join(3_600_000), 3_600_000).waitMs).toBe(3000);
  });

  it("stands still at an outflow of nought, and goes on from there", () => {
    const line = new WaitingLine(20, 0);
    const ticket = line.join(0);
    line.setOutflow(0, 1500);

    expect(line.place(ticket, 60_000)).toMatchObject({ waitMs: undefined, progress: 0.5, passed: false });
    line.setOutflow(20, 60_000);
    expect(line.place(ticket, 61_500).passed).toBe(true);
  });

  it("lets a visitor in exactly when it said it would, however often it is asked meanwhile", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.nat(50),
        fc.array(fc.nat(5000), { maxLength: 20 }),
        (perMinute, crowd, pauses) => {
          const line = new WaitingLine(perMinute, 0);
          line.addCrowd(crowd, 0);
          const ticket = line.join(0);
          const turn = line.place(ticket, 0).waitMs ?? Number.NaN;
          let now = 0;
          for (const pause of pauses) {
            now = Math.min(now + pause, turn - 1);
            expect(line.place(ticket, now).passed).toBe(false);
          }
          expect(line.place(ticket, turn).passed).toBe(true);
        },
      ),
    );
  });

  it("lets nobody overtake", () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(200_000), (between, now) => {
        const line = new WaitingLine(20, 0);
        const first = line.join(0);
        line.addCrowd(between, 0);
        const second = line.join(0);
        expect(line.place(second, now).ahead).toBeGreaterThanOrEqual(line.place(first, now).ahead);
      }),
    );
  });

  it("counts those who have left before a number, in whatever order they left", () => {
    const anyOrder = fc.shuffledSubarray(Array.from({ length: 40 }, (_, index) => index));
    fc.assert(
      fc.property(anyOrder, (leaving) => {
        const line = new WaitingLine(0, 0);
        const tickets = Array.from({ length: 40 }, () => line.join(0));
        for (const index of leaving) {
          const ticket = tickets[index];
          if (ticket !== undefined) line.leave(ticket, 0);
        }
        for (const [index, ticket] of tickets.entries()) {
          if (leaving.includes(index)) continue;
          expect(line.place(ticket, 0).ahead).toBe(index - leaving.filter((other) => other < index).length);
        }
      }),
    );
  });
});
