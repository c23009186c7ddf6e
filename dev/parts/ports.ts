import { PlainError } from '../plain-error.ts'
import { freePort, mustBeFree } from '../ports.ts'

/** Each part's port: its name in sentences, the variable that moves it, and where it is otherwise. */
const PARTS = {
  sites: { name: 'the two sites', variable: 'PORT', usual: 8787 },
  neon: { name: "the database's HTTP front", variable: 'NEON_PORT', usual: 8788 },
  realtime: { name: 'PartyKit', variable: 'REALTIME_PORT', usual: 8789 },
  vault: { name: 'the PCI Vault stand-in', variable: 'PCI_VAULT_PORT', usual: 8790 },
  processor: { name: 'the processor stand-in', variable: 'PROCESSOR_PORT', usual: 8791 },
  mailbox: { name: 'the mailbox', variable: 'MAILBOX_PORT', usual: 8792 },
  postgres: { name: 'PostgreSQL', variable: 'POSTGRES_PORT', usual: 54_329 },
} as const

type PartKey = keyof typeof PARTS
export type Ports = Record<PartKey, number>

const KEYS = Object.keys(PARTS) as PartKey[]

/** The usual ports, each moved by its variable. */
export function portsFrom(env: NodeJS.ProcessEnv): Ports {
  return collect((key) => {
    const { variable, usual } = PARTS[key]
    const text = env[variable]
    if (text === undefined || text === '') return usual
    const port = Number(text)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new PlainError(`${variable}=${text} is not a port.`)
    return port
  })
}

/** Ports that nobody uses at this moment, for runs beside others. */
export async function freePorts(): Promise<Ports> {
  const found = await Promise.all(KEYS.map(() => freePort()))
  return collect((key) => found[KEYS.indexOf(key)] ?? 0)
}

/** Fails with one sentence at the first port that is busy; `unused` parts need none. */
export async function allFree(ports: Ports, unused: PartKey[] = []): Promise<void> {
  for (const key of KEYS) {
    if (!unused.includes(key)) await mustBeFree(ports[key], PARTS[key].name, PARTS[key].variable)
  }
}

function collect(portOf: (key: PartKey) => number): Ports {
  return Object.fromEntries(KEYS.map((key) => [key, portOf(key)])) as Ports
}
