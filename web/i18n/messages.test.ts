import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../domain/messages')
const areas = readdirSync(join(folder, 'fr'))

function messagesOf(locale: string, area: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, locale, area), 'utf8'))
}

/** The names between braces of a message, whatever its shape: both languages must be given the same things. */
function inputs(message: unknown): string[] {
  return [...new Set(JSON.stringify(message).match(/(?<!\\)\{[a-zA-Z]+\}/g) ?? [])].toSorted()
}

/** Sentences of refusals come with the API's answer (`domain/error-text.ts`): no page is compiled with them. */
const FROM_THE_API = 'errors.json'

test('every area of texts is read by the compiler, but the one that comes with the API’s answers', () => {
  const settings = readFileSync(join(import.meta.dirname, 'project.inlang/settings.json'), 'utf8')
  expect(areas.filter((area) => !settings.includes(`{locale}/${area}`))).toEqual([FROM_THE_API])
})

test('a key begins with the shelf it stands on; words for stored values stand apart, each once', () => {
  const wrong = areas
    .filter((area) => area !== 'terms.json' && area !== FROM_THE_API)
    .flatMap((area) => Object.keys(messagesOf('fr', area)).filter((key) => !key.startsWith(area.replace('.json', '_'))))
  expect(wrong).toEqual([])
})

test('no key is written in two areas, where one would silently win', () => {
  const keys = areas.flatMap((area) => Object.keys(messagesOf('fr', area)))
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})

describe.each(areas)('%s', (area) => {
  const fr = messagesOf('fr', area)
  const en = messagesOf('en', area)

  test('both languages have the same keys with the same inputs', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(fr).toSorted())
    for (const key of Object.keys(fr)) expect([key, inputs(en[key])]).toEqual([key, inputs(fr[key])])
  })

  test('French is set with its own apostrophes and spaces', () => {
    const wrong = Object.entries(fr).filter(([, message]) => {
      const text = typeof message === 'string' ? message : Object.values(JSON.parse(JSON.stringify(message))[0].match).join(' ')
      return /['"]|[^\u00a0\u202f\s][?!;»](?!\w)| [?!;:»%€]|« /.test(text.replaceAll(/https?:\S+/g, ''))
    })
    expect(wrong).toEqual([])
  })
})
