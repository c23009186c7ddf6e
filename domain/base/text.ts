import * as z from 'zod/mini'
import type { ErrorCode } from '#domain/error-codes.ts'
import { findPan } from './pan/pan.ts'

/** Everything that Unicode says is not drawn, and direction overrides: they make one name look like another. Joiners and emoji selectors are judged below. */
const INVISIBLE = /[[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufff9-\ufffb\u2800]--[\p{Join_Control}\ufe0e-\ufe0f]]/gv
const LINE_BREAK = /\r\n?|[\u2028\u2029\u0085]/g
/** More marks on one letter than any language writes climb over the lines around it. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu
/** A joiner or selector belongs after an emoji or a letter and joins it to something. */
const LONELY_SELECTOR = /(?<!\p{Emoji})[\ufe0e\ufe0f]/gu
const LONELY_JOINER = /(?<!\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier}|\p{L}|\p{M})\p{Join_Control}|\p{Join_Control}(?=\s|$)/gu

export const MAX_DISPLAY_NAME_LENGTH = 60

/** One line as it may be stored and shown: composed (NFC), without control, bidirectional or invisible characters, single spaces, trimmed. */
export function cleanLine(text: string): string {
  return visible(text).replaceAll(/\s+/g, ' ').trim()
}

/** Several lines, likewise: line breaks are kept as `\n`, at most two in a row, and the ends are trimmed. */
export function cleanText(text: string): string {
  return visible(text)
    .replaceAll(/[^\S\n]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** Of a check that fails with a refusal of its own instead of a sentence beside the field. */
export type RefusalParams = { code: ErrorCode }

/** Looks at a text as it will be stored, because cleaning may have taken out what hid a card number from whoever looked before. */
export const withoutCardNumber = z.refine<string>((text) => !findPan(text), {
  params: { code: 'card_number_refused' } satisfies RefusalParams,
})

/** An input of one clean line between `min` and `max` characters as people count them. */
export function line(max: number, min = 1) {
  // The raw bound stands first so that nothing huge is normalised.
  return z.string().check(
    z.maxLength(max * 16 + 256),
    z.overwrite(cleanLine),
    z.refine((text) => isWithin(text, min, max)),
    withoutCardNumber,
  )
}

/** An input of several clean lines, likewise. */
export function paragraph(max: number, min = 1) {
  return z.string().check(
    z.maxLength(max * 16 + 256),
    z.overwrite(cleanText),
    z.refine((text) => isWithin(text, min, max)),
    withoutCardNumber,
  )
}

/**
 * The name a person shows to others.
 *
 * @waitsFor profiles
 */
export const displayName = line(MAX_DISPLAY_NAME_LENGTH)

/** Characters as people count them: an emoji made of several code points is one. */
export function lengthOf(text: string): number {
  return Array.from(new Intl.Segmenter('fr', { granularity: 'grapheme' }).segment(text)).length
}

/**
 * A slug of small ASCII letters, digits and single dashes made of any text; empty when nothing of it can be kept.
 *
 * @waitsFor the catalogue editor
 */
export function slugOf(text: string, max = 60): string {
  const ascii = text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('œ', 'oe').replaceAll('æ', 'ae')
  return ascii
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, max)
    .replaceAll(/^-+|-+$/g, '')
}

function isWithin(text: string, min: number, max: number): boolean {
  const length = lengthOf(text)
  return length >= min && length <= max
}

function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(LINE_BREAK, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(INVISIBLE, '')
    .replaceAll(LONELY_SELECTOR, '')
    .replaceAll(LONELY_JOINER, '')
    .replaceAll(STACKED_MARKS, '$1')
    .normalize('NFC')
}
