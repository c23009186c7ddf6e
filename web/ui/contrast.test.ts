import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** WCAG 2.2: 4.5 for text, 3 for what shows a control's edge or state. */
const TEXT = 4.5
const EDGE = 3

const grounds = ['page', 'surface', 'raised', 'sunken'] as const
const inks = ['text', 'muted', 'accent-text', 'success-text', 'danger-text', 'warning-text', 'info-text', 'upgrade-text'] as const
const pairs: ReadonlyArray<readonly [string, string, number]> = [
  ...grounds.flatMap((ground) => inks.map((ink) => [ink, ground, TEXT] as const)),
  ...['accent', 'success', 'danger', 'upgrade'].map((tone) => [`on-${tone}`, tone, TEXT] as const),
  ...['accent', 'danger'].map((tone) => [`on-${tone}`, `${tone}-hover`, TEXT] as const),
  ...['accent', 'success', 'danger', 'warning', 'info', 'upgrade'].map((tone) => [`${tone}-text`, `${tone}-soft`, TEXT] as const),
  ...['accent', 'success', 'danger', 'warning', 'info'].map((tone) => ['text', `${tone}-soft`, TEXT] as const),
  ...grounds.flatMap((ground) => [
    ['line-strong', ground, EDGE] as const,
    ['focus', ground, EDGE] as const,
    ['chart-1', ground === 'sunken' ? 'surface' : ground, EDGE] as const,
  ]),
]

function tokens(site: string): Map<string, string> {
  const css = readFileSync(join(import.meta.dirname, '../sites', site, 'theme.css'), 'utf8')
  return new Map([...css.matchAll(/--color-([a-z0-9-]+):\s*(#[0-9a-f]{6})\b/gi)].map((match) => [match[1] ?? '', match[2] ?? '']))
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['weokto', 'stam'])('%s', (site) => {
  const colours = tokens(site)

  test.each(pairs)('%s on %s reaches %d', (ink, ground, least) => {
    const [front, back] = [colours.get(ink), colours.get(ground)]
    expect([ink, ground, front, back]).not.toContain(undefined)
    expect(contrast(front ?? '', back ?? '')).toBeGreaterThanOrEqual(least)
  })
})
