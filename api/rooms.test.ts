import { expect, test, vi } from 'vitest'
import { testServices } from '#dev/testing/services.ts'
import { answerRoom } from './rooms.ts'

test('a database that does not answer shows nobody out of a room', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const services = testServices({ databaseUrl: 'postgresql://nobody:x@127.0.0.1:9/nothing', httpEndpoint: 'http://127.0.0.1:9/sql' })
  expect(await answerRoom(() => services, '12', [{ id: 's1', platform: 'STAM' }])).toBeNull()
  const lacking = () => {
    throw new Error('SEAL_KEY is not set')
  }
  expect(await answerRoom(lacking, '12', [{ id: 's1', platform: 'STAM' }])).toBeNull()
  expect(log.mock.calls.join()).toMatch(/rights_unknown/)
})
