import { Hono } from 'hono'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { line } from '#domain/base/text.ts'
import { testServices } from '#dev/testing/services.ts'
import type { AppEnv } from './env.ts'
import { onError } from './errors.ts'
import { validate } from './validate.ts'

const services = testServices({ databaseUrl: 'postgresql://nobody:nothing@127.0.0.1/none', httpEndpoint: 'http://127.0.0.1:9' })
/** A route without the guard that stands before every route, so that only the look at what would be stored is left. */
const app = new Hono<AppEnv>()
  .onError(onError)
  .post('/names', validate('json', z.object({ name: line(40), age: z.optional(z.int()) })), (c) => c.json(c.req.valid('json'), 201))

async function send(body: object): Promise<{ status: number; error?: { code: string; fields?: object } }> {
  const headers = { 'content-type': 'application/json', 'accept-language': 'en' }
  const response = await app.request('/names', { method: 'POST', headers, body: JSON.stringify(body) }, { services })
  return { status: response.status, ...(await response.json()) }
}

test('a card number that shows only in the cleaned text refuses the whole request', async () => {
  const answer = await send({ name: '4242\u0001 4242\u0001 4242\u0001 4242', age: 'x' })
  expect(answer).toMatchObject({ status: 422, error: { code: 'card_number_refused' } })
  expect(answer.error).not.toHaveProperty('fields')
})

test('any other wrong field is named', async () => {
  expect(await send({ name: '' })).toMatchObject({ status: 422, error: { code: 'invalid_input', fields: { name: expect.any(String) } } })
  expect(await send({ name: ' Léa ' })).toMatchObject({ status: 201, name: 'Léa' })
})
