import { Stack } from '#dev/environment/stack.ts'
import { temporaryFolder } from '#dev/environment/temporary-folder.ts'
import { PlainError, sentenceOf } from '#dev/plain-error.ts'
import { missedFigures } from './figure.ts'
import { benchFirstPaint } from './first-paint/bench.ts'
import { benchRedirect } from './redirect.ts'
import { benchSale } from './sale.ts'
import { benchBundle } from './weights.ts'

export type Bench = (folder: string, stack: Stack) => Promise<void>

const BENCHES: Readonly<Record<string, Bench>> = {
  redirect: benchRedirect,
  sale: benchSale,
  bundle: benchBundle,
  'first-paint': benchFirstPaint,
}

/** `npm run bench -- <name>`: one JSON line per figure on standard output; ends with 1 when a figure misses its promise. */
async function main(name: string | undefined): Promise<void> {
  const bench = BENCHES[name ?? '']
  if (!bench) throw new PlainError(`Say which bench to run: ${Object.keys(BENCHES).join(', ')}.`)
  const stack = new Stack()
  const folder = await temporaryFolder('bench', stack)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stack.unwind().finally(() => process.exit(1)))
  try {
    await bench(folder, stack)
  } finally {
    await stack.unwind()
  }
  if (missedFigures() > 0) process.exitCode = 1
}

await main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof PlainError ? sentenceOf(error) : error)
  process.exitCode = 1
})
