import { expect, test } from 'vitest'
import { request } from '#dev/http-client.ts'
import { freshEmail, signIn, whoIs } from './mails.ts'
import type { Fixtures } from './fixtures.ts'
import { refusalOf } from './wire.ts'

const BODIES = [
  ['application/json', '{}'],
  ['text/plain', '{}'],
  ['application/x-www-form-urlencoded', 'a=b'],
  ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'],
] as const

const UNSAFE = [
  ['POST', '/api/sign-out'],
  ['POST', '/api/sign-in'],
  ['POST', '/api/checkouts'],
  ['POST', '/api/links'],
  ['PATCH', '/api/links/aaaaaaaaaaaaaaaaaaaaaaaa'],
  ['DELETE', '/api/sessions/aaaaaaaaaaaaaaaaaaaaaaaa'],
  ['POST', '/api/channels/1/messages'],
  ['PUT', '/api/me'],
] as const

export function testsOfOrigins(fixtures: () => Fixtures): void {
  test('a foreign, null or absent Origin changes nothing, whatever the content type', async () => {
    const { edge } = fixtures()
    const person = await signIn(fixtures(), fixtures().weokto(), freshEmail('victim'))
    const cookie = `session=${person.cookies.get('session') ?? ''}`
    const foreign = ['https://evil.example', 'null', edge.stam, `${edge.weokto}.evil.example`, undefined]
    for (const origin of foreign) {
      for (const [type, body] of BODIES) {
        for (const [method, path] of UNSAFE) {
          const headers = { cookie, 'content-type': type, ...(origin === undefined ? {} : { origin }) }
          const answer = await request(edge.weokto + path, { method, headers, body })
          expect([method, path, type, origin, ...(await refusalOf(answer))]).toEqual([method, path, type, origin, 403, 'bad_origin'])
        }
      }
    }
    expect(await whoIs(person)).not.toBeNull()
  })

  test('no answer lets another site read it', async () => {
    const { edge } = fixtures()
    const asked = await request(`${edge.weokto}/api/me`, { headers: { origin: 'https://evil.example' } })
    expect(asked.headers.get('access-control-allow-origin')).toBeNull()
    const preflight = await request(`${edge.weokto}/api/sign-out`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    await preflight.text()
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })
}
