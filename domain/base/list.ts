/**
 * What a list may be sorted by, said once for its API, its address and its header. The API and the address name a key for its smallest first and
 * the same with a `-` for its largest; rows without a value stand last either way, and equal ones in the order of their ids.
 */
export interface ListOrder<Key extends string = string> {
  /** Of this list alone: a place in one is none in another. */
  readonly name: string
  readonly keys: readonly [Key, ...Key[]]
  readonly usual: Sort<Key>
}

export type Sort<Key extends string = string> = Key | `-${Key}`

export function sortsOf<Key extends string>({ keys }: ListOrder<Key>): Sort<Key>[] {
  return keys.flatMap((key): Sort<Key>[] => [key, `-${key}`])
}

/** The sort that an address asks for; the usual one when it names none that the list has. */
export function readSort<Key extends string>(order: ListOrder<Key>, text: unknown): Sort<Key> {
  return sortsOf(order).find((sort) => sort === text) ?? order.usual
}

export function keyOf<Key extends string>(order: ListOrder<Key>, sort: Sort<Key>): Key {
  return order.keys.find((key) => sort === key || sort === `-${key}`) ?? order.keys[0]
}

export const isDescending = (sort: Sort): boolean => sort.startsWith('-')

/** How many rows a screen asks for, and the most that anybody may. */
export const ROWS_PER_PAGE = 25
export const MOST_ROWS_PER_PAGE = 100
