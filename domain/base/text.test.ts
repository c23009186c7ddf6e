import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PostMessage } from '#domain/community/chat.ts'
import { cleanLine, cleanText, displayName, lengthOf, paragraph, slugOf } from './text.ts'

describe('a line of text', () => {
  test('loses what cannot be seen and keeps what can', () => {
    expect(cleanLine('  Léa\u0000 \u202eDurand\u202c\u200b \n x ')).toBe('Léa Durand x')
    expect(cleanLine('e\u0301t\u00e9')).toBe('été')
    expect(cleanLine('👩\u200d💻 ok')).toBe('👩\u200d💻 ok')
    expect(cleanLine(`z${'\u0301'.repeat(40)}`).length).toBeLessThan(8)
    expect(cleanLine('\ud800')).toBe('\ufffd')
  })

  test('cleaning twice is cleaning once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanLine(cleanLine(text))).toBe(cleanLine(text))
        expect(cleanText(cleanText(text))).toBe(cleanText(text))
        expect(cleanLine(text)).not.toMatch(/\p{Cc}/u)
      }),
    )
  })

  test('several lines keep their breaks', () => {
    expect(cleanText('a\r\n\r\n\r\n\r\nb  \nc\u2028d')).toBe('a\n\nb\nc\nd')
  })
})

describe('inputs', () => {
  test('a name has 1 to 60 characters once it is clean', () => {
    expect(displayName.parse(' Léa ')).toBe('Léa')
    expect(displayName.parse('👩‍💻'.repeat(60))).toBe('👩‍💻'.repeat(60))
    for (const bad of ['', '\u200c', '\ufe0f\u200d', '\u2800', ' \u200b ', 'x'.repeat(61), 'x'.repeat(100_000), 7])
      expect(displayName.safeParse(bad).success).toBe(false)
    expect(paragraph(5, 0).parse('  ')).toBe('')
  })

  test('characters are counted as people do', () => {
    expect(lengthOf('👩‍💻é')).toBe(2)
  })

  test('slugs are plain', () => {
    expect(slugOf('Été à l’Œuvre — n° 1 !')).toBe('ete-a-l-oeuvre-n-1')
    expect(slugOf('!!!')).toBe('')
  })

  test('a text is looked at for card numbers once more when it is clean', () => {
    for (const hidden of ['4242\u00014242\u00014242\u00014242', '4\u200b242 4242 4242 4242', 'Léa ４２４２ ４２４２ ４２４２ ４２４２']) {
      for (const input of [displayName, paragraph(80), PostMessage.shape.content]) {
        expect(input.safeParse(hidden).error?.issues).toMatchObject([{ code: 'custom', params: { code: 'card_number_refused' } }])
      }
    }
    expect(displayName.parse('Léa 4242')).toBe('Léa 4242')
  })
})
