import { isbot } from 'isbot'

/** The same few hundred browsers make nearly all clicks, and the list of robots is one very long expression. */
const seen = new Map<string, boolean>()
const MOST = 1_000

/** Whether a machine asks. A browser names itself; what does not is a machine. */
export function isKnownBot(userAgent: string | null): boolean {
  if (userAgent === null) return true
  const known = seen.get(userAgent)
  if (known !== undefined) return known
  const answer = isbot(userAgent)
  if (seen.size >= MOST) seen.clear()
  seen.set(userAgent, answer)
  return answer
}
