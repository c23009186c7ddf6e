import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '#dev/environment/root.ts'

const AREAS = ['base', 'identity', 'community', 'catalogue', 'affiliation', 'selling', 'overview', 'terms'] as const
const words = new Map<string, string>()
for (const area of AREAS) {
  const entries = Object.entries(JSON.parse(readFileSync(join(ROOT, `domain/messages/fr/${area}.json`), 'utf8')) as Record<string, unknown>)
  for (const [key, value] of entries) if (typeof value === 'string') words.set(key, value)
}

/** What a French reader sees for a message, so that the demo presses what a person would press. */
export function word(key: string, values: Record<string, string> = {}): string {
  const text = words.get(key)
  if (text === undefined) throw new Error(`No French text is called ${key}.`)
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}

/** The same with anything in place of its variables, for looking something up. */
export function like(key: string): RegExp {
  const text = words.get(key)
  if (text === undefined) throw new Error(`No French text is called ${key}.`)
  return new RegExp(
    text
      .split(/\{\w+\}/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  )
}
