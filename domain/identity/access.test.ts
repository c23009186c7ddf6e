import { describe, expect, test } from 'vitest'
import { PERMISSIONS, can, isFreshSignIn, isStaff, permissionsOf, roleOn, seesAmounts } from './access.ts'
import type { Permission } from './access.ts'
import { USER_TYPES } from '#domain/enums.ts'
import { canInCommunity, outranks } from '#domain/community/community-access.ts'

const areas = (role: (typeof USER_TYPES)[number]) => [...new Set(permissionsOf(role).map((name) => name.split('.')[0]))]

describe('the permission table', () => {
  test('gives each role whole areas and no more', () => {
    expect(areas('CLIENT')).toEqual(['own'])
    expect(areas('AFFILIATE')).toEqual(['own', 'affiliation'])
    expect(areas('PRODUCT_MANAGER')).toEqual(['own', 'catalogue'])
    expect(areas('ADMIN')).toEqual(['own', 'support'])
    expect(permissionsOf('OWNER')).toEqual(PERMISSIONS)
  })

  test('areas are never split between roles', () => {
    for (const role of USER_TYPES) {
      for (const area of areas(role)) {
        const whole = PERMISSIONS.filter((name: Permission) => name.startsWith(`${area}.`))
        expect(whole.every((name) => can(role, name))).toBe(true)
      }
    }
  })

  test('only the owner sees amounts; clients and affiliates are no staff', () => {
    expect(USER_TYPES.filter(seesAmounts)).toEqual(['OWNER'])
    expect(USER_TYPES.filter(isStaff).toSorted()).toEqual(['ADMIN', 'OWNER', 'PRODUCT_MANAGER'])
  })

  test('nobody is staff on the clients’ site', () => {
    for (const role of USER_TYPES) expect(roleOn('STAM', role)).toBe('CLIENT')
    expect(roleOn('WEOKTO', 'OWNER')).toBe('OWNER')
  })
})

test('a sign-in is fresh for a quarter of an hour', () => {
  const now = new Date('2026-03-01T12:00:00Z')
  const ago = (ms: number) => new Date(now.getTime() - ms)
  expect(isFreshSignIn(ago(15 * 60_000), now)).toBe(true)
  expect(isFreshSignIn(ago(15 * 60_000 + 1), now)).toBe(false)
  expect(isFreshSignIn(ago(-1), now)).toBe(false)
  expect(isFreshSignIn(null, now)).toBe(false)
})

test('community roles govern downwards only', () => {
  expect(canInCommunity('MEMBER', 'message.post')).toBe(true)
  expect(canInCommunity('MEMBER', 'message.delete_any')).toBe(false)
  expect(canInCommunity('MODERATOR', 'member.ban')).toBe(true)
  expect(canInCommunity('MODERATOR', 'member.promote')).toBe(false)
  expect(canInCommunity('ADMIN', 'member.promote')).toBe(true)
  expect(outranks('MODERATOR', 'MODERATOR')).toBe(false)
  expect(outranks('ADMIN', 'MODERATOR')).toBe(true)
})
