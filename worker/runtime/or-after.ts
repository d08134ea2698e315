import { Failure, type FailureReason } from "./failure.ts";

/** Whichever settles first: `work`, or what is begun when `work` has taken so many milliseconds. */
export function orAfter<T>(milliseconds: number, work: Promise<T>, other: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      other().then(resolve, reject);
    }, milliseconds);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

/** @throws Failure What `work` throws, or that it has taken so many milliseconds. */
export function inTime<T>(milliseconds: number, work: Promise<T>, reason: FailureReason): Promise<T> {
  return orAfter(milliseconds, work, () =>
    Promise.reject(new Failure(reason, `No answer within ${milliseconds} ms.`)),
  );
}
