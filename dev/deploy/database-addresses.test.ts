import { expect, test } from 'vitest'
import { mustBeRightHosts } from './database-addresses.ts'

const at = (host: string): string => `postgresql://somebody:secret@${host}/weokto?sslmode=require`
const DIRECT = 'ep-cool-darkness-123456.eu-central-1.aws.neon.tech'
const POOL = 'ep-cool-darkness-123456-pooler.eu-central-1.aws.neon.tech'

test.each([
  ['the pool for migrations', POOL, POOL, /^Nothing was deployed: DATABASE_ADMIN_URL names a pool/],
  ['the direct host for the app', DIRECT, DIRECT, /^Nothing was deployed: DATABASE_URL names the direct host/],
  ['two computes', DIRECT, POOL.replace('123456', '999999'), /ep-cool-darkness-123456 and DATABASE_URL ep-cool-darkness-999999/],
])('refuses %s', (_why, admin, app, refusal) => {
  const refuse = () => mustBeRightHosts({ adminUrl: at(admin), appUrl: at(app) })
  expect(refuse).toThrow(refusal)
  expect(refuse).not.toThrow(/secret/)
})

test('takes both hosts of one compute, and any Postgres that is not Neon', () => {
  for (const [admin, app] of [
    [DIRECT, POOL],
    ['127.0.0.1:5432', '127.0.0.1:5432'],
    ['db.example', 'db-pooler.example'],
  ] as const)
    expect(() => mustBeRightHosts({ adminUrl: at(admin), appUrl: at(app) })).not.toThrow()
})
