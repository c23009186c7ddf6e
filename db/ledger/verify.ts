import { INVARIANTS } from './invariants.ts'

/** Runs one statement and gives its rows, whatever the driver: the test database's `admin` fits as it is. */
export type ReadRows = (sql: string) => Promise<readonly Record<string, unknown>[]>

export type Breach = { readonly invariant: string; readonly says: string; readonly rows: readonly Record<string, unknown>[] }

/** More rows than this of one breach tell nobody anything new. */
const SHOWN_ROWS = 20

/**
 * Asks every invariant of the ledger and returns those that do not hold, with the rows that break them; an empty list
 * means the books balance. Asked while others write, each invariant sees one moment, not the same moment as the next.
 */
export async function verifyLedger(query: ReadRows): Promise<readonly Breach[]> {
  const breaches: Breach[] = []
  for (const { name, says, sql } of INVARIANTS) {
    const rows = await query(`SELECT * FROM (${sql}) breach LIMIT ${SHOWN_ROWS}`)
    if (rows.length > 0) breaches.push({ invariant: name, says, rows })
  }
  return breaches
}

/**
 * For tests that moved money: throws with the offending rows when an invariant is broken.
 *
 * @forDev tests and stand-ins
 */
export async function expectBooksBalanced(query: ReadRows): Promise<void> {
  const breaches = await verifyLedger(query)
  if (breaches.length > 0) throw new Error(`The books do not balance.\n${breaches.map(describeBreach).join('\n')}`)
}

export function describeBreach({ invariant, says, rows }: Breach): string {
  return [`${invariant} (${says}):`, ...rows.map((row) => `  ${JSON.stringify(row)}`)].join('\n')
}
