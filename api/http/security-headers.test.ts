import { expect, test } from 'vitest'
import { testServices } from '#dev/testing/services.ts'
import { securityHeaders } from './security-headers.ts'

const NOWHERE = { databaseUrl: 'postgresql://weokto_app:x@127.0.0.1:9/x', httpEndpoint: 'http://127.0.0.1:9/sql' }
const strictTransport = (origin: string) =>
  securityHeaders(testServices(NOWHERE, { STAM_ORIGIN: origin, WEBHOOK_ORIGIN: origin }).config, '/')['strict-transport-security']

test('over TLS browsers are held to it for two years, and nobody is asked to write it into browsers', () => {
  expect(strictTransport('https://be-stam.com')).toBe('max-age=63072000; includeSubDomains')
  expect(strictTransport('http://stam.localhost')).toBeUndefined()
})
