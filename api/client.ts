import type { Client } from './context.ts'

/** What the platform knows of the network: Cloudflare's `request.cf`, absent elsewhere. */
export interface EdgeFacts {
  ip?: string | undefined
  country?: string | undefined
  city?: string | undefined
}

/** What we may know of the caller. The address is truncated before anything else sees it. */
export function clientOf(request: Request, edge: EdgeFacts | undefined): Client {
  return {
    ip: truncateIp(edge?.ip ?? null),
    userAgent: request.headers.get('user-agent')?.slice(0, 400) ?? null,
    country: /^[A-Z]{2}$/.test(edge?.country ?? '') ? (edge?.country ?? null) : null,
    city: edge?.city?.slice(0, 100) ?? null,
  }
}

/** /24 for IPv4, /48 for IPv6: enough to limit abuse by network, too little to name a household. */
export function truncateIp(ip: string | null): string | null {
  if (!ip) return null
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/i.exec(ip)
  if (v4) return `${v4[1]}.${v4[2]}.${v4[3]}.0/24`
  if (!ip.includes(':')) return null
  const [head = ''] = ip.toLowerCase().split('%')
  const groups = expandV6(head)
  return groups ? `${groups.slice(0, 3).join(':')}::/48` : null
}

function expandV6(ip: string): string[] | null {
  const [left = '', right] = ip.split('::')
  const start = left ? left.split(':') : []
  const end = right ? right.split(':') : []
  const missing = 8 - start.length - end.length
  if (right === undefined ? start.length !== 8 : missing < 0) return null
  const groups = [...start, ...Array.from({ length: right === undefined ? 0 : missing }, () => '0'), ...end]
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group)) ? groups.map((group) => group.replace(/^0+(?=.)/, '')) : null
}
