import { join } from 'node:path'
import { runnerImport, type InlineConfig, type Plugin } from 'vite'
import type { Locale } from '#domain/base/enums.ts'
import type { DrawnPage, SiteKey } from '#web/sites/pages.ts'

const LOCALES = ['fr', 'en'] as const
const DYNAMIC = /(?<![\w.])import\(\s*'([^']+)'\s*\)/g

export interface SiteRead {
  paths: string[]
  public: string[]
  pages: (DrawnPage & { locale: Locale })[]
  /** The modules that the routes of a path load when it is opened. */
  screens: ReadonlyMap<string, readonly string[]>
}

/** Runs both sites' routers as they are and asks them what they would load and draw: the build keeps no list of its own. */
export async function readSites(root: string): Promise<Record<SiteKey, SiteRead>> {
  const asked = new Set<string>()
  const options: InlineConfig = { root, mode: 'production', configFile: false, plugins: [tellImports()] }
  Object.assign(globalThis, { askedFor: asked })
  const { module } = await runnerImport<typeof import('#web/sites/pages.ts')>(join(root, 'web/sites/pages.ts'), options)
  const read = async (site: SiteKey): Promise<SiteRead> => {
    const screens = new Map<string, readonly string[]>()
    for (const path of module.sitePages[site].paths) {
      asked.clear()
      await module.loadScreens(site, path)
      screens.set(path, [...asked])
    }
    const pages = LOCALES.flatMap((locale) => module.drawPages(site, locale).map((page) => ({ ...page, locale })))
    return { ...module.sitePages[site], pages, screens }
  }
  return { weokto: await read('weokto'), stam: await read('stam') }
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
