import { describe, expect, test } from 'vitest'
import { findPage, isPage, robotsOf } from './site-pages.ts'

const PATHS = ['/', '/how', '/links', '/commissions/$id', '/c/$slug', '/c/$slug/$channelSlug', '/admin/sales']

describe('a page', () => {
  test.each(['/', '/how', '/HOW', '/how/', '/%68ow', '/commissions/abc', '/c/photo-de-rue', '/c/caf%C3%A9/bienvenue', '/admin/sales/'])(
    '%s is one',
    (path) => expect(isPage(PATHS, path)).toBe(true),
  )
  test.each(['/nowhere', '//', '//how', '/c//club', '/how//', '/commissions', '/commissions/', '/c/a/b/c', '/%E0%A4%A', '/links/x'])(
    '%s is none',
    (path) => expect(isPage(PATHS, path)).toBe(false),
  )
})

test('a page is found by the router’s spelling, with what the address says as it is spelt there', () => {
  const found = (path: string) => {
    const page = findPage(PATHS, path)
    return page && [page.path, Object.fromEntries(page.params)]
  }
  expect(found('/C/Photo-de-Rue/caf%C3%A9/')).toEqual(['/c/$slug/$channelSlug', { $slug: 'Photo-de-Rue', $channelSlug: 'caf%C3%A9' }])
  expect(found('/')).toEqual(['/', {}])
  expect(found('/nowhere')).toBeNull()
})

test('a robot may ask for what public pages draw themselves from', () => {
  const robots = robotsOf('https://weokto.com')
  expect(robots).not.toMatch(/Disallow: \/(?:api)?\/?$/m)
  expect(robots).toContain('Disallow: /r/')
  expect(robots).toContain('Sitemap: https://weokto.com/sitemap.xml')
})
