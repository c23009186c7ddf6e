import { defineConfig } from 'vitest/config'

/** Every test goes through the real parts: one PostgreSQL behind Neon's HTTP protocol serves the run, each file gets a database of its own. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Two processes run all files: loading the app anew for each of them cost a third of the processor's time. What one file puts in place of
    // something that all share (the console, the clock, a setting) is put back before the next.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      // Rules are pure, by their compiler settings.
      { extends: true, test: { name: 'rules', include: ['domain/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{api,db,dev,realtime,web}/**/*.test.{ts,tsx}'],
          globalSetup: ['dev/testing/global-setup.ts'],
        },
      },
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    // What must be is waited for as long as a test may last; the runner's own second would measure the machine.
    expect: { poll: { timeout: 20_000 } },
    env: { TZ: 'Pacific/Auckland' },
  },
})
