import { randomUUID } from 'node:crypto'

/** One request as Cloudflare would have received it. */
export interface Heard {
  what: string
  token: string
  body: string
}

export interface Share {
  version_id: string
  percentage: number
}

/** What one account holds of one Worker, as far as a deployment asks. */
export interface Account {
  worker: string
  heard: Heard[]
  /** The secrets that the Worker has; null while there is no Worker. */
  secrets: string[] | null
  /** The last change of the rooms' class that the Worker has had; null while it has had none. */
  migrationTag: string | null
  /** The KV namespaces of the account, by their titles. */
  namespaces: string[]
  /** Every version that was uploaded, in order. */
  versions: string[]
  /** Who answers whom, the newest last. */
  deployments: Share[][]
}

/** A Worker that one version of has been deployed. */
export function newAccount(worker: string): Account {
  const version = randomUUID()
  const deployments = [[{ version_id: version, percentage: 100 }]]
  return { worker, heard: [], secrets: [], migrationTag: 'v1', namespaces: [`${worker}-cache`], versions: [version], deployments }
}

export function upload(account: Account): string {
  const version = randomUUID()
  account.versions.push(version)
  return version
}

/** The newest deployment. */
export const current = (account: Account): readonly Share[] => account.deployments.at(-1) ?? []

/** A Worker that has been given its secrets and nothing else. */
export function neverDeployed(account: Account): void {
  Object.assign(account, { migrationTag: null, namespaces: [], versions: [], deployments: [] })
}
