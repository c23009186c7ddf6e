import { createId } from '@paralleldrive/cuid2'

/** A new primary key: a cuid2 of 24 characters. The one way in which the application names a row. */
export function newId(): string {
  return createId()
}
