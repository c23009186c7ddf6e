import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '#dev/environment/root.ts'
import type { allCommissionsQuery } from './commissions.ts'
import type { linksQuery } from './links.ts'
import type { peopleQuery } from './people.ts'

/** The outline draws pages before anything is asked, for nobody in particular. */
const DRAWS_FOR_NOBODY = new Set(['sites/outline/draw-page.tsx', 'sites/pages.ts'])

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

test('a list is asked what its route takes: the compiler refuses the rest', () => {
  type All = Parameters<typeof allCommissionsQuery>[0]
  const asked: All = { status: 'LOCKED', sort: '-decideBy', after: 'place', q: 'léa' }
  // @ts-expect-error no such order
  const order: All = { sort: 'colour' }
  // @ts-expect-error no such filter
  const filter: Parameters<typeof linksQuery>[0] = { page: 1, owner: 'léa' }
  // @ts-expect-error no such role
  const role: Parameters<typeof peopleQuery>[0] = { role: 'KING' }
  expect([asked, order, filter, role]).toHaveLength(4)
})

test('screens change things by useChange alone, and what must be asked again afterwards stands beside the queries', () => {
  const byHand = /\buseMutation\b|\binvalidateQueries\b|\brefetchQueries\b|\bsetQueryData\b/
  const screens = filesWith(byHand).filter((file) => !file.startsWith('data/') && !DRAWS_FOR_NOBODY.has(file))
  expect(screens).toEqual([])
  expect(filesWith(byHand)).toContain('data/mutation.ts')
})
