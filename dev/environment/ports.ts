import { PlainError } from '#dev/plain-error.ts'
import { freePort, mustBeFree } from './free-ports.ts'

interface PartPort {
  /** How sentences call the part. */
  name: string
  /** The variable that moves it. */
  variable: string
  /** Where it is otherwise. */
  usual: number
}

const PARTS = {
  sites: { name: 'the two sites', variable: 'PORT', usual: 8787 },
  neon: { name: "the database's HTTP front", variable: 'NEON_PORT', usual: 8788 },
  vault: { name: 'the PCI Vault stand-in', variable: 'PCI_VAULT_PORT', usual: 8790 },
  processor: { name: 'the processor stand-in', variable: 'PROCESSOR_PORT', usual: 8791 },
  mailbox: { name: 'the mailbox', variable: 'MAILBOX_PORT', usual: 8792 },
  postgres: { name: 'PostgreSQL', variable: 'POSTGRES_PORT', usual: 54_329 },
} satisfies Record<string, PartPort>

type PartKey = keyof typeof PARTS
export type Ports = Record<PartKey, number>

const KEYS = ['sites', 'neon', 'vault', 'processor', 'mailbox', 'postgres'] as const

/** The usual ports, each moved by its variable. */
export function portsFrom(env: NodeJS.ProcessEnv): Ports {
  return forEachPart(({ variable, usual }) => {
    const text = env[variable]
    if (text === undefined || text === '') return usual
    const port = Number(text)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new PlainError(`${variable}=${text} is not a port.`)
    return port
  })
}

/** Ports that nobody uses at this moment, for runs beside others. */
export async function freePorts(): Promise<Ports> {
  const free = await Promise.all(KEYS.map(() => freePort()))
  return forEachPart(() => free.pop() ?? 0)
}

/** Fails with one sentence at the first port that is busy; `unused` parts need none. */
export async function allFree(ports: Ports, unused: PartKey[] = []): Promise<void> {
  for (const key of KEYS) {
    if (!unused.includes(key)) await mustBeFree(ports[key], PARTS[key].name, PARTS[key].variable)
  }
}

function forEachPart(portOf: (part: PartPort) => number): Ports {
  const { sites, neon, vault, processor, mailbox, postgres } = PARTS
  return {
    sites: portOf(sites),
    neon: portOf(neon),
    vault: portOf(vault),
    processor: portOf(processor),
    mailbox: portOf(mailbox),
    postgres: portOf(postgres),
  }
}
