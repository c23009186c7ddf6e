import { appendFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MigrationError } from '#db/migrate/error.ts'
import { startEnvironment } from './environment/environment.ts'
import { demoPeople } from './environment/demo-people.ts'
import { portsFrom } from './environment/ports.ts'
import { reset } from './environment/reset.ts'
import { ROOT } from './environment/root.ts'
import { mustRunAlone, removeRunFile, writeRunFile } from './environment/run-file.ts'
import { Stack } from './environment/stack.ts'
import { openingOf, tableOf } from './environment/table.ts'
import { PlainError, sentenceOf } from './plain-error.ts'

const dataDir = resolve(process.env['DATA_DIR'] ?? join(ROOT, '.data'))
const stack = new Stack()

const OPTIONS = ['--reset', '--empty']

/** `npm start`: everything on this machine, until Ctrl-C; `--empty` leaves an empty database as it is, for whoever wants to open the business themselves. */
async function main(args: string[]): Promise<string> {
  const unknown = args.find((arg) => !OPTIONS.includes(arg))
  if (unknown !== undefined) throw new PlainError(`"${unknown}" is unknown: npm start takes ${OPTIONS.join(' and ')}, nothing else.`)
  const isEmpty = args.includes('--empty')
  const databaseUrl = process.env['DATABASE_URL'] || null
  const adminUrl = process.env['DATABASE_ADMIN_URL'] || null
  mustRunAlone(dataDir)
  if (args.includes('--reset')) {
    if (databaseUrl !== null)
      throw new PlainError(
        '--reset empties only the database that npm start made itself: unset DATABASE_URL, or empty that database yourself.',
      )
    await reset(dataDir)
  }
  const environment = await startEnvironment({
    dataDir,
    ports: portsFrom(process.env),
    seed: !isEmpty,
    ticker: true,
    databaseUrl,
    adminUrl,
    stack,
    onStep: (step) => say(`${step} …`),
  })
  const people = await demoPeople(environment.adminUrl)
  if (isEmpty && people.length > 0) throw new PlainError('--empty finds people in the database: add --reset to begin without them.')
  await stack.add(async () => removeRunFile(dataDir))
  writeRunFile(dataDir, environment, people)
  say(`\n${tableOf(environment, people)}\n\n${isEmpty ? `${openingOf(environment)}\n\n` : ''}Ctrl-C stops everything.`)
  return environment.died
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

let isStopping = false

/** Stops all parts and ends; the first reason to stop decides the exit code. */
async function end(code: number, sentence: string): Promise<void> {
  if (isStopping) return
  isStopping = true
  say(sentence)
  await stack.unwind().catch((error: unknown) => say(sentenceOf(error)))
  process.exit(code)
}

/** One sentence for the person; what it does not tell stands in the log. */
function failed(error: unknown): Promise<void> {
  const file = join(dataDir, 'logs/start.log')
  mkdirSync(join(dataDir, 'logs'), { recursive: true })
  appendFileSync(file, `${new Date().toISOString()} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return end(1, error instanceof PlainError || error instanceof MigrationError ? error.message : `${sentenceOf(error)} (more in ${file})`)
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void end(0, '\nStopping …'))
// A terminal that was closed takes our output away; that must not end us before the parts are stopped.
process.stdout.on('error', () => undefined)
process.on('uncaughtException', (error) => void failed(error))
process.on('unhandledRejection', (error) => void failed(error))

main(process.argv.slice(2)).then((sentence) => end(1, `${sentence} Everything else is stopped. Logs: ${join(dataDir, 'logs')}`), failed)
