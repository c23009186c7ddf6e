/** Stands where no case is left: the compiler refuses a new case that was forgotten, and a value that slipped past it stops here. */
export function unreachable(value: never): never {
  throw new TypeError(`no such case: ${JSON.stringify(value)}`)
}
