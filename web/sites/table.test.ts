import { isRedirect, type AnyRoute, type LinkProps } from '@tanstack/react-router'
import { afterEach, describe, expect, test } from 'vitest'
import { permissionsOf, roleOn, type Role } from '#domain/access.ts'
import { LOCALES } from '#domain/base/enums.ts'
import { USER_TYPES } from '#domain/identity/enums.ts'
import { ApiError } from '#web/data/api-error.ts'
import { speak } from '#web/data/locale.ts'
import { meQuery } from '#web/data/me.ts'
import { accountMenuOf, menuOf, railOf } from '#web/shell/menu.ts'
import type { SiteRouter } from '#web/shell/site-page.tsx'
import { pageList } from './page.ts'
import { stamRouter } from './stam/router.ts'
import { stam } from './stam/table.ts'
import { weoktoRouter } from './weokto/router.ts'
import { weokto } from './weokto/table.ts'

const SITES = [
  { name: 'WEOKTO', list: pageList(weokto.pages), router: weoktoRouter },
  { name: 'STAM', list: pageList(stam.pages), router: stamRouter },
] as const

afterEach(() => speak('fr'))

/** Where an address leads somebody, through the guards of its route as they are. */
async function opening(site: (typeof SITES)[number], role: Role | null, path: string): Promise<string> {
  const router: SiteRouter & { routesByPath: Record<string, AnyRoute> } = site.router()
  const { context } = router.options
  const user = role && {
    id: 'x',
    email: 'x@people.test',
    displayName: null,
    role,
    permissions: [...permissionsOf(role)],
    emailUnconfirmed: false,
  }
  context.queryClient.setQueryData(meQuery.queryKey, { platform: site.name, locale: 'fr', user })
  try {
    await router.routesByPath[path]?.options.beforeLoad?.({ context, params: {}, search: {}, location: { href: path, search: {} } })
    return path
  } catch (error) {
    if (isRedirect(error)) return String(error.options.to ?? error.options.href)
    if (error instanceof ApiError && error.code === 'forbidden') return 'refused'
    throw error
  }
}

test('a link to a page that stands in no table does not compile', () => {
  const known: LinkProps['to'][] = ['/links', '/c/$slug']
  // @ts-expect-error There is no such page.
  const unknown: LinkProps['to'] = '/linkz'
  const paths = new Set(SITES.flatMap(({ list }) => list.map(({ path }) => path)))
  expect([known.every((path) => paths.has(String(path))), paths.has(String(unknown))]).toEqual([true, false])
})

const rolesOf = (site: (typeof SITES)[number]) => new Set(USER_TYPES.map((type) => roleOn(site.name, type)))

describe.each(SITES)('$name', (site) => {
  test('every page has its words in both languages', () => {
    for (const { path, title, outline, forMembers, menus } of site.list) {
      const words = [title, outline.lead, forMembers?.title, ...Object.values(menus ?? {}).map((entry) => entry.label)]
      for (const word of words.filter((one) => one !== undefined)) {
        const said = LOCALES.map((locale) => {
          speak(locale)
          return word()
        })
        expect([path, said.every((text) => /\p{L}{3}/u.test(text))]).toEqual([path, true])
      }
    }
  })

  test('a menu calls a page what the page calls itself', () => {
    for (const locale of LOCALES) {
      speak(locale)
      const others = site.list.flatMap(({ path, title, menus }) =>
        Object.entries(menus ?? {}).flatMap(([at, { label }]) => (label && !title().startsWith(label()) ? [`${at} ${path}`] : [])),
      )
      // The home of whoever is in and the presentation to whoever is not stand at one address; the back office is more than its first page.
      expect([locale, others]).toEqual([locale, site.name === 'WEOKTO' ? ['public /', 'rail /admin'] : ['rail /']])
    }
  })

  test('whoever sees an entry may open what it leads to, whoever does not see it may not', async () => {
    for (const role of rolesOf(site)) {
      const seen = [...menuOf(site.list, 'rail', role), ...menuOf(site.list, 'account', role), ...menuOf(site.list, 'office', role)]
      for (const { path, menus } of site.list) {
        if (!menus || menus.public) continue
        const way = await opening(site, role, path)
        const isSeen = seen.some((entry) => entry.path === path)
        // Staff are led from the front door of the back office to the first page that is theirs.
        expect([role, path, isSeen, isSeen ? way.startsWith(path) : way]).toEqual([role, path, isSeen, isSeen ? true : 'refused'])
      }
    }
  })

  test('a visitor has no menu but the public one, and every page of their own opens or leads to signing in', async () => {
    expect([railOf(site.list, null), menuOf(site.list, 'account', null), menuOf(site.list, 'office', null)]).toEqual([[], [], []])
    for (const { path, access } of site.list) {
      const way = await opening(site, null, path)
      expect([path, way]).toEqual([path, access === 'public' || access === 'open' ? path : '/sign-in'])
    }
  })

  test('what a phone has no room for stands in the account’s menu', () => {
    for (const role of rolesOf(site)) {
      const hidden = railOf(site.list, role).filter(({ deskOnly }) => deskOnly)
      const paths = accountMenuOf(site.list, role).map(({ path }) => path)
      expect(hidden.filter(({ href }) => !paths.includes(href))).toEqual([])
      expect(paths).toContain('/account')
      expect(new Set(paths).size).toBe(paths.length)
    }
  })
})
