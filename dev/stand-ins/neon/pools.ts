import { Pool, type PoolClient } from 'pg'
import { PlainError } from '#dev/plain-error.ts'

export interface PoolLimits {
  /** Host names that a connection string may lead to; anything else is refused. */
  allowedHosts: string[]
  /** Connections to one database. */
  maxConnections: number
  /** Databases at once; the one idle for longest makes room. */
  maxDatabases: number
  idleTimeoutMs: number
  statementTimeoutMs: number
}

/** One pool of connections for each connection string that callers send. */
export class Pools {
  readonly #pools = new Map<string, Pool>()
  readonly #limits: PoolLimits

  constructor(limits: PoolLimits) {
    this.#limits = limits
  }

  /** Lends a connection; `giveBack(true)` closes it instead of keeping it, and so does a transaction that somebody left open. */
  async borrow(connectionString: string): Promise<{ client: PoolClient; giveBack(spoilt: boolean): void }> {
    const client = await this.#poolOf(connectionString).connect()
    return { client, giveBack: (spoilt) => client.release(spoilt || client.getTransactionStatus() !== 'I') }
  }

  async close(): Promise<void> {
    const pools = [...this.#pools.values()]
    this.#pools.clear()
    await Promise.all(pools.map((pool) => pool.end()))
  }

  #poolOf(connectionString: string): Pool {
    const known = this.#pools.get(connectionString)
    if (known !== undefined) {
      // Moved to the end: the map's order is the order of last use.
      this.#pools.delete(connectionString)
      this.#pools.set(connectionString, known)
      return known
    }
    this.#makeRoom()
    const pool = this.#open(connectionString)
    this.#pools.set(connectionString, pool)
    return pool
  }

  #open(connectionString: string): Pool {
    const { hostname } = parse(connectionString)
    if (!this.#limits.allowedHosts.includes(hostname)) throw new PlainError(`This server does not lead to the database host "${hostname}".`)
    const pool = new Pool({
      connectionString,
      max: this.#limits.maxConnections,
      idleTimeoutMillis: this.#limits.idleTimeoutMs,
      statement_timeout: this.#limits.statementTimeoutMs,
      idle_in_transaction_session_timeout: this.#limits.statementTimeoutMs,
      connectionTimeoutMillis: this.#limits.statementTimeoutMs,
      options: '-c timezone=UTC',
    })
    // A database dropped under an idle connection is no reason to fall over: the next request opens a new one.
    pool.on('error', () => undefined)
    pool.on('connect', (client) => client.on('error', () => undefined))
    return pool
  }

  #makeRoom(): void {
    if (this.#pools.size < this.#limits.maxDatabases) return
    const idle = [...this.#pools].find(([, pool]) => pool.idleCount === pool.totalCount && pool.waitingCount === 0)
    if (idle === undefined) throw new PlainError('Too many databases are in use at once.')
    this.#pools.delete(idle[0])
    void idle[1].end()
  }
}

function parse(connectionString: string): URL {
  try {
    return new URL(connectionString.replace(/^postgres(ql)?:/, 'http:'))
  } catch {
    throw new PlainError('The connection string is not a URL.')
  }
}
