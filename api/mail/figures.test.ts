import { expect, test } from 'vitest'
import { dayIn } from './figures.ts'

test('a mail writes the first of a month as its reader does, on the day of Paris', () => {
  const first = new Date('2026-10-31T23:30:00Z')
  expect([dayIn('fr', first), dayIn('en', first)]).toEqual(['1er novembre 2026', '1 November 2026'])
  expect(dayIn('fr', new Date('2026-11-11T12:00:00Z'))).toBe('11 novembre 2026')
})
