import { defineConfig } from 'drizzle-kit'

/**
 * `drizzle-kit generate` writes the difference between db/schema and its last snapshot into db/migrations;
 * db/migrate.ts applies it. Generated files are named by time because hand-written ones share the folder.
 */
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/all.ts',
  out: './db/migrations',
  migrations: { prefix: 'timestamp' },
})
