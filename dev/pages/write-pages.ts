import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { pageFile } from '../../api/page-file.ts'
import { filesOf } from './files-of.ts'
import { fill } from './fill-page.ts'
import { readSites, type SiteRead } from './read-sites.ts'

/**
 * What stands in each site's folder: its pages as HTML, the list of them, its icon for whoever asks by name, and its picture for previews. One page
 * is many files, for each address its own: the browser then knows with the first answer what the page looks like and everything that it needs.
 */
export function writePages(root: string, landings: readonly string[]): Plugin {
  return {
    name: 'write-pages',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const sites = await readSites(root)
      for (const site of ['weokto', 'stam'] as const) {
        const { paths, public: open } = sites[site]
        const pages = { paths, public: site === 'stam' ? [...open, ...landings.map((slug) => `/l/${slug}`)] : open }
        this.emitFile({ type: 'asset', fileName: `${site}/pages.json`, source: JSON.stringify(pages) })
        for (const name of ['favicon.ico', 'share.png']) {
          this.emitFile({ type: 'asset', fileName: `${site}/${name}`, source: readFileSync(join(root, 'web/sites', site, name)) })
        }
        const template = takeTemplate(bundle, `${site}/index.html`)
        for (const page of pagesOf(site, sites[site], template, bundle)) this.emitFile({ type: 'asset', ...page })
      }
    },
  }
}

/** The packed HTML of a site is no page itself: everything is written into it once for each. */
function takeTemplate(bundle: Rolldown.OutputBundle, fileName: string): string {
  const [key, file] = Object.entries(bundle).find(([, { fileName: name }]) => name === fileName) ?? []
  if (key === undefined || file?.type !== 'asset') throw new Error(`The build has no ${fileName}.`)
  delete bundle[key]
  return String(file.source)
}

function pagesOf(site: 'weokto' | 'stam', { pages, screens }: SiteRead, template: string, bundle: Rolldown.OutputBundle) {
  return pages.map((page) => ({
    fileName: pageFile(site, page).slice(1),
    source: fill(template, page, filesOf(bundle, screens.get(page.opened) ?? [], page.viewer)),
  }))
}
