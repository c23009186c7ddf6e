import { holdsLooseCard } from './loose.ts'
import { isSeparator } from './plain.ts'
import { MIN_DIGITS, MAX_DIGITS, type Group, isOneCard } from './one-card.ts'

const DIGITS = /\d+/g

/**
 * Whether a plain text holds a card number. Digits that only separators part form a chain. A card is a part of it that is written as people
 * write one (in one piece, in fours, as printed on fifteen- and fourteen-digit cards, digit by digit), whatever stands around it, or cut
 * in any other way between white space (`holdsLooseCard`).
 */
export function holdsCard(text: string): boolean {
  let chain: Group[] = []
  let end = 0
  for (const { 0: digits, index } of text.matchAll(DIGITS)) {
    if (chain.length > 0 && !isGap(text, end, index)) {
      if (chainHoldsCard(chain)) return true
      chain = []
    }
    chain.push({ digits, gap: chain.length > 0 ? text.slice(end, index) : '', isAfterPlus: followsPlus(text, index) })
    end = index + digits.length
  }
  return chainHoldsCard(chain)
}

/** Whether any chain has the digits of a card, which few texts have: asked before anything that costs more. */
export function hasLongChain(text: string): boolean {
  let digits = 0
  for (let at = 0; at < text.length && digits < MIN_DIGITS; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) digits += 1
    else if (!isSeparator(code)) digits = 0
  }
  return digits >= MIN_DIGITS
}

/** As a telephone number of any country does, URL-encoded too. */
function followsPlus(text: string, at: number): boolean {
  const end = text[at - 1] === '(' ? at - 1 : at
  return text[end - 1] === '+' || text.slice(Math.max(0, end - 3), end).toLowerCase() === '%2b'
}

function isGap(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isSeparator(text.charCodeAt(at))) return false
  return true
}

function chainHoldsCard(chain: readonly Group[]): boolean {
  if (!hasDigits(chain, MIN_DIGITS)) return false
  const isFromHere = (group: Group, start: number) =>
    (isOneCard([group]) && !isFraction(chain, start)) || isInFours(chain, start) || isPrinted(chain, start)
  return chain.some(isFromHere) || hasSingleDigits(chain) || holdsLooseCard(chain)
}

function hasDigits(chain: readonly Group[], least: number): boolean {
  let digits = 0
  return chain.some((group) => (digits += group.digits.length) >= least)
}

/** What follows "0." as machines write shares and random numbers. Any other number with a point may be a card's. */
function isFraction(chain: readonly Group[], at: number): boolean {
  const [before, here, after] = [chain[at - 1], chain[at], chain[at + 1]]
  return here?.gap === '.' && before?.digits === '0' && before.gap !== '.' && after?.gap !== '.'
}

/** 4-4-4-4, 4-4-4-4-3, 4-4-4-2, whatever follows. */
function isInFours(chain: readonly Group[], start: number): boolean {
  for (let end = start; end < start + 5; end += 1) {
    const size = chain[end]?.digits.length ?? 0
    if (size === 0 || size > 4) return false
    if (end > start + 2 && isOneCard(chain.slice(start, end + 1))) return true
    if (size < 4) return false
  }
  return false
}

/** The 4-6-5 and 4-6-4 groupings printed on fifteen- and fourteen-digit cards. */
function isPrinted(chain: readonly Group[], start: number): boolean {
  const groups = chain.slice(start, start + 3)
  const [first, second, third] = groups.map(({ digits }) => digits.length)
  return first === 4 && second === 6 && (third ?? 0) >= 4 && isOneCard(groups)
}

/** Digit by digit: from the first group of one to the last. */
function hasSingleDigits(chain: readonly Group[]): boolean {
  for (let start = 0, end = 0; start < chain.length; start = end + 1) {
    end = start
    while (chain[end]?.digits.length === 1) end += 1
    if (end - start > MAX_DIGITS) continue
    const run = chain.slice(start, end)
    if (isOneCard(run) && !isListOfTwos(run.slice(1).map(({ gap }) => gap))) return true
  }
  return false
}

/** Scores and choices: "3-1, 2-0, 1-1". */
function isListOfTwos(gaps: readonly string[]): boolean {
  return gaps.every((gap, at) => (gap === gaps[0]) === (at % 2 === 0))
}
