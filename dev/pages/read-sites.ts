import { join } from 'node:path'
import { createServer, type InlineConfig, type Plugin } from 'vite'
import type { Locale } from '#domain/base/enums.ts'
import type { DrawnPage, SiteKey } from '#web/sites/pages.ts'

const LOCALES = ['fr', 'en'] as const
const DYNAMIC = /(?<![\w.])import\(\s*'([^']+)'\s*\)/g

export interface ReadPage extends DrawnPage {
  locale: Locale
  /** What its loaders ask the API for at once. */
  asks: readonly string[]
}

export interface SiteRead {
  paths: string[]
  public: string[]
  pages: ReadPage[]
  /** The modules that the routes of a path load when it is opened. */
  screens: ReadonlyMap<string, readonly string[]>
}

/** Runs both sites' routers as they are and asks them what they would load and draw: the build keeps no list of its own. */
export async function readSites(root: string): Promise<Record<SiteKey, SiteRead>> {
  const asked = new Set<string>()
  const calls = new Set<string>()
  // Nothing answers while pages are built: what a screen asks for stays a placeholder, and no channel to other tabs holds the build open.
  Object.assign(globalThis, { askedFor: asked, fetch: tellCalls(calls), BroadcastChannel: undefined })
  const runner = await createServer(withoutListening(root))
  const module = (await runner.ssrLoadModule(join(root, 'web/sites/pages.ts'))) as typeof import('#web/sites/pages.ts')
  const read = async (site: SiteKey): Promise<SiteRead> => {
    const screens = new Map<string, string[]>()
    for (const path of module.sitePages[site].paths) {
      asked.clear()
      await module.loadScreens(site, path)
      // A screen is loaded once and kept: two pages that share one lazy component would name its files in one HTML only.
      if (asked.size === 0) throw new Error(`The page ${path} loads no screen of its own.`)
      screens.set(path, [...asked])
    }
    asked.clear()
    const pages: SiteRead['pages'] = []
    for (const locale of LOCALES) {
      for await (const page of module.drawPages(site, locale)) {
        calls.clear()
        await module.loadData(site, page.path, page.viewer)
        pages.push({ ...page, locale, asks: [...calls] })
        // What a screen loads while it is drawn is asked for once, in whichever language comes first.
        screens.get(page.opened)?.push(...asked)
        asked.clear()
      }
    }
    return { ...module.sitePages[site], pages, screens }
  }
  try {
    return { weokto: await read('weokto'), stam: await read('stam') }
  } finally {
    await runner.close()
  }
}

/** Tells what is asked of the API, as the page itself spells it ("$slug" is the address's own part), and answers nothing. */
function tellCalls(calls: Set<string>) {
  return (asked: string | URL): Promise<never> => {
    const { pathname, search } = new URL(asked)
    calls.add(decodeURIComponent(pathname) + search)
    return new Promise(() => undefined)
  }
}

/** Only what runs our own modules as they are: no port, no watching, no packing of packages. */
const withoutListening = (root: string): InlineConfig => ({
  root,
  mode: 'production',
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  plugins: [withoutStyles(), tellImports()],
})

const NO_STYLE = '\0no-style'

/** Styles are packed by the build itself; a screen that is only drawn needs none. */
function withoutStyles(): Plugin {
  return {
    name: 'without-styles',
    enforce: 'pre',
    resolveId: (name) => (name.endsWith('.css') ? NO_STYLE : null),
    load: (id) => (id === NO_STYLE ? 'export {}' : null),
  }
}

/** Has each module tell what it imports while it runs, by the id that the packing knows it by. */
function tellImports(): Plugin {
  return {
    name: 'tell-imports',
    enforce: 'pre',
    async transform(code, id) {
      if (!/\/web\/.+\.tsx?$/.test(id) || !code.includes('import(')) return
      const known = new Map<string, string>()
      for (const [, name = ''] of code.matchAll(DYNAMIC)) known.set(name, (await this.resolve(name, id))?.id ?? name)
      return code.replaceAll(
        DYNAMIC,
        (whole: string, name: string) => `(globalThis.askedFor.add(${JSON.stringify(known.get(name))}), ${whole})`,
      )
    },
  }
}
