import { Interrupted, onInterruption } from "../../console/interruption.ts";

/**
 * Waits until this process is asked to end. Asked again, it goes on ending: a closed terminal asks twice.
 *
 * @throws Interrupted when it is, with what that means.
 */
export function untilInterrupted(consequence: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    onInterruption((by) => {
      reject(new Interrupted(by, consequence));
    });
  });
}
