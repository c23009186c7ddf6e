import { defineConfig } from 'vitest/config'

/** Every test goes through the real parts: one PostgreSQL behind Neon's HTTP protocol serves the run, each file gets a database of its own. */
export default defineConfig({
  test: {
    include: ['{api,db,dev,domain,realtime,web}/**/*.test.{ts,tsx}'],
    globalSetup: ['dev/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    // What must be is waited for as long as a test may last; the runner's own second would measure the machine.
    expect: { poll: { timeout: 20_000 } },
    env: { TZ: 'Pacific/Auckland' },
  },
})
