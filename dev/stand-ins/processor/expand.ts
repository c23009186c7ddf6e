import type { Told } from '#dev/stand-ins/shared/serve.ts'
import { missingToExpand, type Key } from './keys.ts'
import { badRequest } from './refusal.ts'

/** An id that may be answered as the whole object: of one object by its name, of a list's members below `data`. */
const EXPANDABLE = { one: 'payment_method', list: 'data.payment_method', nothing: null } as const

/** What a request wants whole, or the refusal of what it may not or cannot have. */
export function expansions(key: Key, wanted: readonly string[], shape: keyof typeof EXPANDABLE): Told | string[] {
  const known = EXPANDABLE[shape]
  for (const path of wanted) {
    if (path === known) continue
    const hint = known !== null && known === `data.${path}` ? ` You may want to try expanding '${known}' instead.` : ''
    return badRequest(`This property cannot be expanded (${path}).${hint}`)
  }
  if (wanted.length > 0) {
    const refused = missingToExpand(key)
    if (refused !== null) return refused
  }
  return wanted.map((path) => path.replace(/^data\./, ''))
}
