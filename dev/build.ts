import { join } from 'node:path'
import { buildPages } from './environment/pages.ts'
import { ROOT } from './environment/root.ts'
import { Stack } from './environment/stack.ts'
import { sentenceOf } from './plain-error.ts'

/** `npm run build`: the texts and both sites into dist/web, unless they are newer than everything they are made from. */
try {
  await buildPages(join(ROOT, '.data/logs/build.log'), new Stack())
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
}
