import { run, type Step } from './steps.ts'

/** `npm run check`: types, lint, format, dead code; the arrows between folders are a test of their own. */
export const CHECKS: readonly Step[] = [
  // Types and lint read the compiled texts.
  { name: 'texts', command: 'node', args: ['dev/build.ts'], isSilent: true },
  { name: 'types', command: 'tsc', args: ['--noEmit'] },
  { name: 'pure rules', command: 'tsc', args: ['--noEmit', '-p', 'domain'] },
  { name: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', command: 'oxfmt', args: ['--check', '.'] },
  { name: 'dead code', command: 'knip', args: ['--no-progress', '--no-config-hints'] },
  // What only tests reach is wired, deleted, or says what it waits for (docs/where-rules-run.md).
  {
    name: 'unreached code',
    command: 'knip',
    args: ['--no-progress', '--production', '--tags=-waitsFor,-runsAsSql,-forDev'],
  },
]

if (import.meta.main) {
  const failed = await run(CHECKS)
  process.exitCode = failed === 0 ? 0 : 1
}
