import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'

const web = join(import.meta.dirname, '..')
const spoken = new Set(['label', 'title', 'alt', 'placeholder', 'hint', 'lead', 'aria-label', 'caption', 'legend'])
// Names are the same in every language.
const names = /^(WEOKTO|STAM)$/

type Node = { type: string; [key: string]: unknown }

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function walk(value: unknown, visit: (node: Node) => void) {
  if (Array.isArray(value)) for (const item of value) walk(item, visit)
  if (!isNode(value)) return
  visit(value)
  for (const child of Object.values(value)) if (typeof child === 'object') walk(child, visit)
}

function textOf(node: Node): string | null {
  if (node.type === 'JSXText') return String(node['value']).trim()
  if (node.type !== 'JSXAttribute' || !isNode(node['name']) || !isNode(node['value'])) return null
  return spoken.has(String(node['name']['name'])) && node['value'].type === 'Literal' ? String(node['value']['value']) : null
}

test('no component holds a text of its own: every word comes from the messages', () => {
  const found: string[] = []
  for (const file of globSync('**/*.tsx', { cwd: web })) {
    if (file.endsWith('.test.tsx')) continue
    const { program } = parseSync(file, readFileSync(join(web, file), 'utf8'))
    walk(program, (node) => {
      const text = textOf(node)
      if (text && /\p{L}{2}/u.test(text) && !names.test(text)) found.push(`${file}: ${text}`)
    })
  }
  expect(found).toEqual([])
})
