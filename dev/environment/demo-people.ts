import { asking } from './database.ts'

export interface DemoPerson {
  email: string
  role: string
  site: 'weokto' | 'stam'
}

const PER_ROLE = 4

/** A few people of each role to sign in as, read from the database itself so that the list is true after every change. */
export function demoPeople(adminUrl: string): Promise<DemoPerson[]> {
  return asking(adminUrl, async (client) => {
    const { rows } = await client.query<DemoPerson>(
      `SELECT email, role, site FROM (
         SELECT email::text, "userType"::text AS role, 'weokto' AS site, "createdAt", row_number() OVER (PARTITION BY "userType" ORDER BY "createdAt", id) AS n FROM weokto_users
         UNION ALL
         SELECT email::text, 'CLIENT', 'stam', "createdAt", row_number() OVER (ORDER BY "createdAt", id) FROM stam_users
       ) AS everybody
       WHERE n <= $1
       ORDER BY site DESC, array_position(ARRAY['OWNER', 'ADMIN', 'PRODUCT_MANAGER', 'AFFILIATE', 'CLIENT'], role), n`,
      [PER_ROLE],
    )
    return rows
  })
}
