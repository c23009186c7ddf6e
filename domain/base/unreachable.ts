/**
 * Stands where no case is left: the compiler refuses a new case that was forgotten, and a value that slipped past it stops here. A file of its own,
 * because pages use it and must not bring the table of refusals along.
 */
export function unreachable(value: never): never {
  throw new TypeError(`no such case: ${JSON.stringify(value)}`)
}
