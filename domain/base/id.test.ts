import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { Id, isId } from './id.ts'

test('an id of ours is one; what nobody could have been given is none', () => {
  for (const good of [newId(), 'a'.repeat(20), '1'.repeat(32)]) expect([good, isId(good)]).toEqual([good, true])
  const wrong = ['', 'a'.repeat(19), 'a'.repeat(33), 'A'.repeat(24), `${newId()}\n`, `../${newId()}`, `${newId()}'`, null, 24, [newId()]]
  for (const bad of wrong) expect([bad, Id.safeParse(bad).success]).toEqual([bad, false])
})

test('its shape is written nowhere else', () => {
  const floors = ['domain', 'db', 'realtime', 'api', 'web']
  const files = floors.flatMap((floor) =>
    readdirSync(floor, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|paraglide\//.test(file))
      .map((file) => `${floor}/${file}`),
  )
  expect(files.filter((file) => readFileSync(file, 'utf8').includes('[a-z0-9]{20,32}'))).toEqual(['domain/base/id.ts'])
})
