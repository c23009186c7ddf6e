import { SignJWT } from 'jose/jwt/sign'
import { expect, test } from 'vitest'
import { testServices } from '#dev/testing/services.ts'
import type { ClickClaims } from './click-claims.ts'
import { signClickToken } from './sign-click-token.ts'
import { verifyClickToken } from './verify-click-token.ts'

const SECRET = 's'.repeat(40)
const NOWHERE = { databaseUrl: 'postgresql://nobody:nothing@127.0.0.1/none', httpEndpoint: 'http://127.0.0.1:9' }
const { config } = testServices(NOWHERE, { CLICK_SECRET: `k1:${SECRET}` })
const CLICKED = new Date('2026-11-22T12:00:00Z')
const DAY_MS = 86_400_000
const iat = CLICKED.getTime() / 1000
const ids = { clickId: 'c'.repeat(32), affiliateId: 'a'.repeat(24), linkId: 'l'.repeat(24), communityId: 'm'.repeat(24) }
const claims: ClickClaims = { ...ids, sub: 'été ☀️ >>>???', iat, exp: iat + 30 * 86_400 }

const verify = (token: string | null, now = CLICKED, secret = config.CLICK_SECRET) =>
  verifyClickToken({ config: { ...config, CLICK_SECRET: secret }, now }, token)
const jose = (payload: Record<string, unknown>) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(new TextEncoder().encode(SECRET))

test('a token is the one that jose would have made, whatever the text in it', async () => {
  const token = await signClickToken(config.CLICK_SECRET, claims)
  expect(token).toBe(await jose({ ...claims }))
  expect(await verify(token)).toEqual(claims)
})

test('it holds until its end and no longer', async () => {
  const token = await signClickToken(config.CLICK_SECRET, claims)
  expect(await verify(token, new Date(CLICKED.getTime() + 30 * DAY_MS - 1000))).toEqual(claims)
  expect(await verify(token, new Date(CLICKED.getTime() + 30 * DAY_MS))).toBeNull()
})

test('forged, cut, overlong or signed with another secret it is worth nothing', async () => {
  const token = await signClickToken(config.CLICK_SECRET, claims)
  const [head = '', body = '', signature = ''] = token.split('.')
  const none = btoa('{"alg":"none"}').replaceAll('=', '')
  const other = btoa(JSON.stringify({ ...ids, affiliateId: 'b'.repeat(24), iat, exp: claims.exp })).replaceAll('=', '')
  const bad = [
    '',
    'x',
    `${head}.${body}`,
    `${none}.${body}.`,
    `${none}.${body}.${signature}`,
    `${head}.${other}.${signature}`,
    `${token}${'x'.repeat(3000)}`,
  ]
  for (const text of [null, ...bad]) expect(await verify(text), String(text)).toBeNull()
  expect(await verify(token, CLICKED, 'another-secret-of-at-least-32-characters')).toBeNull()
})

test('a token of ours that is no click is none either', async () => {
  const { clickId: _none, ...rest } = claims
  for (const payload of [{ iat, exp: claims.exp }, rest, { ...claims, communityId: undefined }, { ...claims, linkId: 7 }]) {
    expect(await verify(await jose(payload))).toBeNull()
  }
})

const [OLD, NEW] = ['o'.repeat(40), 'n'.repeat(40)]
const header = (token: string): unknown => JSON.parse(atob(token.split('.')[0] ?? ''))

test('keys rotate under live tokens: the first one signs, those behind it still verify, and one that is gone does not', async () => {
  const unnamed = await signClickToken(OLD, claims)
  const before = await signClickToken(`a:${OLD}`, claims)
  const after = await signClickToken(`b:${NEW},a:${OLD}`, claims)
  expect([unnamed, before, after].map(header)).toEqual([{ alg: 'HS256' }, { alg: 'HS256', kid: 'a' }, { alg: 'HS256', kid: 'b' }])
  const readable = async (setting: string) =>
    Promise.all([unnamed, before, after].map(async (token) => (await verify(token, CLICKED, setting)) !== null))
  // Known everywhere before it signs anywhere.
  expect(await readable(`a:${OLD},b:${NEW}`)).toEqual([false, true, true])
  expect(await readable(`b:${NEW},a:${OLD}`)).toEqual([false, true, true])
  expect(await readable(`b:${NEW},${OLD}`)).toEqual([true, false, true])
  expect(await readable(`b:${NEW}`)).toEqual([false, false, true])
})

test('a token is worth nothing under a name that is not its own, or without one', async () => {
  const sign = (kid: string | undefined, secret: string) =>
    new SignJWT(JSON.parse(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'HS256', ...(kid === undefined ? {} : { kid }) })
      .sign(new TextEncoder().encode(secret))
  const setting = `b:${NEW},${OLD}`
  expect(await verify(await sign('b', NEW), CLICKED, setting)).toEqual(claims)
  expect(await verify(await sign(undefined, OLD), CLICKED, setting)).toEqual(claims)
  for (const [kid, secret] of [
    ['b', OLD],
    ['unknown', NEW],
    ['unknown', OLD],
    // As if it were of before keys had names.
    [undefined, NEW],
  ] as const)
    expect([kid, await verify(await sign(kid, secret), CLICKED, setting)]).toEqual([kid, null])
})
