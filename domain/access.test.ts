import { describe, expect, test } from 'vitest'
import { PERMISSIONS, can, isFreshSignIn, isStaff, permissionsOf, roleOn, type Permission, type Role } from './access.ts'
import { USER_TYPES } from './identity/enums.ts'
import { canInCommunity, outranks } from './community/member-role.ts'

/** The groups in which permissions are given, told by who has them. */
const holders = (name: Permission) => USER_TYPES.filter((role) => can(role, name))

describe('the permission table', () => {
  test('gives each permission to everyone, to one kind of people and the owner, or to the owner alone', () => {
    const groups = new Set(PERMISSIONS.map((name) => holders(name).join(' ')))
    expect([...groups].toSorted()).toEqual(
      ['AFFILIATE OWNER', 'ADMIN OWNER', 'CLIENT AFFILIATE ADMIN PRODUCT_MANAGER OWNER', 'OWNER', 'PRODUCT_MANAGER OWNER'].toSorted(),
    )
    expect(permissionsOf('OWNER')).toEqual(PERMISSIONS)
  })

  test('names each permission once, by the shelf that it stands on', () => {
    expect(new Set(PERMISSIONS).size).toBe(PERMISSIONS.length)
    for (const name of PERMISSIONS) expect(name).toMatch(/^(identity|community|catalogue|learning|play|affiliation|selling)\.[a-z_]+$/)
  })

  const EVERYONE = ['identity.own_profile', 'community.chat', 'selling.own_purchases', 'selling.own_invoices', 'selling.own_refunds']
  test.each<[Role, string[]]>([
    ['CLIENT', []],
    [
      'AFFILIATE',
      [
        'play.own_pearls',
        'play.boards',
        'affiliation.links',
        'affiliation.own_balances',
        'affiliation.own_commissions',
        'affiliation.own_ledger',
        'affiliation.own_withdrawals',
        'affiliation.own_boosts',
      ],
    ],
    [
      'PRODUCT_MANAGER',
      ['catalogue.products', 'catalogue.plans', 'catalogue.buttons', 'catalogue.access', 'learning.formations', 'learning.completion'],
    ],
    [
      'ADMIN',
      [
        'identity.people',
        'identity.sessions',
        'identity.sign_in_codes',
        'community.communities',
        'community.channels',
        'community.moderation',
        'selling.clients',
        'selling.proposals',
      ],
    ],
  ])('gives a %s what everyone has, these, and nothing more', (role, own) => {
    expect(permissionsOf(role)).toEqual([...EVERYONE, ...own])
  })

  test('only the owner sees amounts; clients and affiliates are no staff', () => {
    expect(holders('selling.amounts')).toEqual(['OWNER'])
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
