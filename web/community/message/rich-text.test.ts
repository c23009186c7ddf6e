import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInline, parseMessage, plainText, type Inline } from './rich-text.ts'

const letters = (text: string): string => text.replaceAll(/[*_~`\s]/g, '')

describe('the text of a message', () => {
  test('knows bold, italic, strike, code and addresses', () => {
    expect(parseInline('a **b *c*** ~~d~~ `*e*` _f_')).toMatchObject([
      { text: 'a ' },
      { kind: 'bold' },
      { text: ' ' },
      { kind: 'strike', children: [{ text: 'd' }] },
      { text: ' ' },
      { kind: 'code', text: '*e*' },
      { text: ' ' },
      { kind: 'italic', children: [{ text: 'f' }] },
    ])
    expect(parseInline('voir https://example.com/a_b_c?x=1, puis')).toMatchObject([
      { kind: 'text', text: 'voir ' },
      { kind: 'link', text: 'https://example.com/a_b_c?x=1', href: 'https://example.com/a_b_c?x=1' },
      { kind: 'text', text: ', puis' },
    ])
  })

  test('leaves alone what only looks like a mark', () => {
    for (const text of ['2 * 3 * 4', 'snake_case_name', '** a **', 'a*b*c', 'javascript:alert(1)', '<b>x</b>'])
      expect(parseInline(text)).toMatchObject([{ kind: 'text', text }])
  })

  test('knows quotes and code blocks over several lines', () => {
    expect(parseMessage('> un\n> deux\nréponse\n```js\nlet a = "**b**"\n```\nfin')).toMatchObject([
      { kind: 'quote', children: [{ kind: 'text', text: 'un\ndeux' }] },
      { kind: 'text', children: [{ kind: 'text', text: 'réponse' }] },
      { kind: 'code', text: 'let a = "**b**"' },
      { kind: 'text', children: [{ kind: 'text', text: 'fin' }] },
    ])
  })

  test('loses no letter and only ever links to web pages', () => {
    const check = (parts: Inline[]): void => {
      for (const part of parts) {
        if (part.kind === 'link') expect(part.href).toMatch(/^https?:\/\//)
        if ('children' in part) check(part.children)
      }
    }
    fc.assert(
      fc.property(
        fc
          .string({ unit: fc.constantFrom('*', '_', '~', '`', 'a', ' ', '.', 'http://x', '\n'), maxLength: 200 })
          .filter((text) => !text.includes('```')),
        (text) => {
          const parts = parseInline(text)
          check(parts)
          expect(letters(plainText(text))).toBe(letters(text))
        },
      ),
    )
  })

  test('is quick on the worst text', () => {
    const began = performance.now()
    for (const unit of ['*', '**a', '~~', '`', '_a', '> ', '```\n']) parseMessage(unit.repeat(4000 / unit.length))
    expect(performance.now() - began).toBeLessThan(1500)
  })
})
