// The package brings no types.
declare module "fs-native-extensions" {
  /** Takes the kernel's exclusive lock on an open file, without waiting; false when somebody else has it. */
  export function tryLock(descriptor: number): boolean;
}
