import type { Rolldown } from 'vite'

export interface PageFiles {
  scripts: string[]
  styles: string[]
}

/** What only somebody with a session sees: their menu, and the home of a client, which its screen loads for them alone. */
const MEMBERS_ONLY = /shell\/user-menu\.tsx$/
const MEMBERS_HOME = /client-home\.tsx$/

/** The files that a page's screens need beyond those of its site, which the packed HTML names already. Double mentions are taken out there. */
export function filesOf(bundle: Rolldown.OutputBundle, modules: readonly string[], viewer: 'visitor' | 'member'): PageFiles {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const holding = (module: string) => chunks.find((chunk) => chunk.isDynamicEntry && chunk.facadeModuleId === module)
  const first = modules.flatMap((module) => holding(module) ?? [])
  const own = viewer === 'member' ? membersOnly(first, chunks) : []
  const all = closure([...first, ...own], chunks)
  return {
    scripts: all.map(({ fileName }) => `/${fileName}`),
    styles: [...new Set(all.flatMap((chunk) => Array.from(chunk.viteMetadata?.importedCss ?? [])))].map((name) => `/${name}`),
  }
}

function membersOnly(first: readonly Rolldown.OutputChunk[], chunks: readonly Rolldown.OutputChunk[]): Rolldown.OutputChunk[] {
  const later = new Set(first.flatMap(({ dynamicImports }) => dynamicImports))
  return chunks.filter(({ facadeModuleId, fileName }) => {
    const module = facadeModuleId ?? ''
    return MEMBERS_ONLY.test(module) || (MEMBERS_HOME.test(module) && later.has(fileName))
  })
}

/** These chunks and everything that they import before they can run. */
function closure(first: readonly Rolldown.OutputChunk[], chunks: readonly Rolldown.OutputChunk[]): Rolldown.OutputChunk[] {
  const seen = new Set(first)
  for (const chunk of seen) {
    for (const name of chunk.imports) {
      const next = chunks.find(({ fileName }) => fileName === name)
      if (next) seen.add(next)
    }
  }
  return [...seen]
}
