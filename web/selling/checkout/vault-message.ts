export type VaultMessage = { kind: 'height'; height: number } | { kind: 'done' } | null

const SMALLEST = 200
const TALLEST = 1_600

function field(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null && name in data ? Object.entries(data).find(([key]) => key === name)?.[1] : undefined
}

/**
 * What a message of the vault's page tells this one: how tall it is, or that something happened. Nothing in it is believed, it only makes
 * the page ask its own server sooner. Null when it comes from anywhere else.
 */
export function readVaultMessage(event: Pick<MessageEvent<unknown>, 'origin' | 'data'>, frameUrl: string): VaultMessage {
  if (event.origin !== new URL(frameUrl).origin) return null
  const height = field(event.data, 'height')
  if (typeof height === 'number' && Number.isFinite(height))
    return { kind: 'height', height: Math.min(TALLEST, Math.max(SMALLEST, height)) }
  return { kind: 'done' }
}
