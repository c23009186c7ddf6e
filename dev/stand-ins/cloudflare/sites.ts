import { json, serve, type Asked, type Served, type Told } from '#dev/stand-ins/shared/serve.ts'
import { current, type Account } from './account.ts'

/** How a version answers; a path that is left out is the site's page. */
export type Version = (path: string) => Told

export interface RunningSites extends Served {
  /** Versions that answer in their own way; the others answer well. */
  versions: Map<string, Version>
  /** Who answered what, in order. */
  answered: [version: string, path: string][]
}

/**
 * The hosts that a Worker answers at. Who is meant by `Cloudflare-Workers-Version-Overrides` answers if it is in the current deployment; a header that
 * names another Worker or another version, or is no dictionary of texts, is as good as none (developers.cloudflare.com/workers/versions-and-deployments/
 * version-overrides/). Everybody else is answered by the version with the greatest share.
 */
export async function startSites(account: Account): Promise<RunningSites> {
  const versions: RunningSites['versions'] = new Map()
  const answered: RunningSites['answered'] = []
  const served = await serve({ host: '127.0.0.1', port: 0 }, (asked) => {
    const version = versionFor(account, asked)
    answered.push([version, asked.path])
    return Promise.resolve((versions.get(version) ?? well(version))(asked.path))
  })
  return { ...served, versions, answered }
}

function versionFor(account: Account, { headers }: Asked): string {
  const shares = current(account)
  const named = /^([a-z0-9-]+)="([0-9a-f-]{36})"$/.exec(headers['cloudflare-workers-version-overrides'] ?? '')
  const meant = named?.[1] === account.worker ? shares.find(({ version_id }) => version_id === named[2]) : undefined
  return (meant ?? shares.toSorted((a, b) => b.percentage - a.percentage)[0])?.version_id ?? ''
}

const PAGE = '<!doctype html><div id="app"></div><script type="module" src="/assets/main-1.js"></script>'

export function well(version: string): Version {
  return (path) => {
    if (path === '/api/health') return json(200, { ok: true, version })
    if (path === '/api/me') return json(200, { user: null })
    if (path.startsWith('/assets/')) return { status: 200, headers: { 'content-type': 'text/javascript' }, body: '' }
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: PAGE }
  }
}
