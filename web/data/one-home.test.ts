import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '#dev/environment/root.ts'

/** The web's own files that match, tests aside. */
function filesWith(pattern: RegExp): string[] {
  return readdirSync(join(ROOT, 'web'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|paraglide\/|^e2e\//.test(file))
    .filter((file) => pattern.test(readFileSync(join(ROOT, 'web', file), 'utf8')))
}

test('what a query answers is said by DataOf and in no other way', () => {
  expect(filesWith(/Awaited<\s*ReturnType</)).toEqual([])
  expect(filesWith(/\bDataOf</)).toContain('data/me.ts')
})
