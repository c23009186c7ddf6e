import { isOneCard, MAX_DIGITS, MIN_DIGITS, type Group } from './one-card.ts'

/** How many other digits may stand around a number that is cut anyhow: two telephone numbers or an expiry, a code and an amount, but no table. */
const MOST_AROUND = 20

/** A telephone number's digits, by the country code that begins it; of other countries the most that any has. */
const PHONE_LENGTHS: readonly (readonly [code: string, digits: number])[] = [
  ['1', 11],
  ['32', 11],
  ['33', 11],
  ['34', 11],
  ['41', 11],
  ['44', 12],
]
const LONGEST_PHONE = 15

/**
 * Whether a chain holds a number that is cut into any pieces with any separators between them. White space or the chain's end parts it from
 * other digits. The items of a list (a comma or semicolon and white space), what stands on both sides of a plus and telephone numbers after one
 * are never read as one number.
 */
export function holdsLooseCard(chain: readonly Group[]): boolean {
  let from = 0
  for (let at = 1; at <= chain.length; at += 1) {
    const next = chain[at]
    if (next && !next.isAfterPlus && !/\+|[,;]\s/.test(next.gap)) continue
    if (partHoldsCard(withoutPhone(chain.slice(from, at)))) return true
    from = at
  }
  return false
}

function withoutPhone(part: readonly Group[]): readonly Group[] {
  if (part[0]?.isAfterPlus !== true) return part
  const all = part
    .map(({ digits }) => digits)
    .join('')
    .slice(0, LONGEST_PHONE)
  const most = PHONE_LENGTHS.find(([code]) => all.startsWith(code))?.[1] ?? LONGEST_PHONE
  let taken = part[0].digits.length
  let end = 1
  for (; end < part.length; end += 1) {
    taken += part[end]?.digits.length ?? 0
    if (taken > most) break
  }
  return part.slice(end)
}

function partHoldsCard(part: readonly Group[]): boolean {
  const total = digitsOf(part)
  if (total < MIN_DIGITS || isPairs(part)) return false
  if (isList(part, total)) return holdsEvenRun(part) || (isSpaced(part) && isOneCard(part))
  return part.some((_, start) => isFree(part, start) && startsCard(part, start, total))
}

/** Whether a number begins at this group and ends before white space. */
function startsCard(part: readonly Group[], start: number, total: number): boolean {
  let digits = 0
  for (let end = start; end < part.length; end += 1) {
    digits += part[end]?.digits.length ?? 0
    if (digits > MAX_DIGITS) return false
    const isRoomy = end < start + 2 || total - digits <= MOST_AROUND
    if (digits >= MIN_DIGITS && isRoomy && isFree(part, end + 1) && isOneCard(part.slice(start, end + 1))) return true
  }
  return false
}

/** Whether white space, or nothing at all, parts this group from the one before. */
function isFree(part: readonly Group[], at: number): boolean {
  const group = part[at]
  return at === 0 || !group || /\s/.test(group.gap)
}

/** Small numbers one after another, or more numbers of one size than make a card: sizes, choices, post codes. */
function isList(part: readonly Group[], total: number): boolean {
  const isUniform = isSpaced(part) || part.every(({ gap }, at) => at === 0 || (gap === part[1]?.gap && /^[,;]$/.test(gap)))
  const size = part[0]?.digits.length ?? 0
  const isLike = size <= 5 && total > MAX_DIGITS && part.every(({ digits }) => digits.length === size)
  return isUniform && (isLike || part.every(({ digits }) => digits.length <= 3))
}

function isSpaced(part: readonly Group[]): boolean {
  return part.every(({ gap }, at) => at === 0 || gap.trim() === '')
}

/** Scores and times: "25-21 25-19 23-25", "22:00 22:15". */
function isPairs(part: readonly Group[]): boolean {
  const sign = part[1]?.gap
  if (sign !== '-' && sign !== ':') return false
  return part.every(({ digits, gap }, at) => digits.length <= 3 && (at === 0 || (at % 2 === 1 ? gap === sign : /^\s+$/.test(gap))))
}

/** All that stands together in pieces of one size, the last of them perhaps shorter. */
function holdsEvenRun(part: readonly Group[]): boolean {
  for (let start = 0, end = 0; start < part.length; start = end) {
    const size = part[start]?.digits.length ?? 0
    for (end = start + 1; part[end]?.digits.length === size;) end += 1
    if ((end - start) * size > MAX_DIGITS) continue
    const isShort = (part[end]?.digits.length ?? size) < size
    if (isOneCard(part.slice(start, end)) || (isShort && isOneCard(part.slice(start, end + 1)))) return true
  }
  return false
}

function digitsOf(part: readonly Group[]): number {
  return part.reduce((sum, { digits }) => sum + digits.length, 0)
}
