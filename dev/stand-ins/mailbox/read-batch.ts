import { refusal, type Answer } from './answer.ts'
import { readMail, type Draft } from './read-mail.ts'

/** https://resend.com/docs/api-reference/emails/send-batch-emails */
const MOST_IN_A_BATCH = 100
/** What the batch endpoint does not take although /emails does. */
const NOT_IN_A_BATCH = ['attachments', 'scheduled_at']

interface BatchError {
  index: number
  message: string
}

/** The mails of a batch that are sent, and in permissive mode what is wrong with each of the others. */
type Batch = { drafts: Draft[]; errors: BatchError[] | null } | { refused: Answer }

/** Strict, which is the default, sends all or none and tells the first error; permissive (`x-batch-validation`) sends what can be sent. */
export function readBatch(value: unknown, validation = 'strict'): Batch {
  if (validation !== 'strict' && validation !== 'permissive')
    return wrong('The header `x-batch-validation` is neither strict nor permissive.')
  if (!Array.isArray(value) || value.length === 0) return wrong('The body is not a list of mails.')
  if (value.length > MOST_IN_A_BATCH) return wrong(`A batch holds at most ${MOST_IN_A_BATCH} mails.`)
  const read = value.map(readMember)
  if (validation === 'strict') {
    const first = read.find((one) => 'refused' in one)
    if (first !== undefined && 'refused' in first) return first
  }
  const drafts = read.flatMap((one) => ('refused' in one ? [] : [one]))
  const errors = read.flatMap((one, index) => ('refused' in one ? [{ index, message: sentenceIn(one.refused) }] : []))
  return { drafts, errors: validation === 'strict' ? null : errors }
}

function readMember(value: unknown): ReturnType<typeof readMail> {
  const unheard = NOT_IN_A_BATCH.find((field) => typeof value === 'object' && value !== null && field in value)
  return unheard === undefined ? readMail(value) : wrong(`The field \`${unheard}\` is not supported in a batch.`)
}

const wrong = (message: string) => ({ refused: refusal(422, 'validation_error', message) })

const sentenceIn = ({ body }: Answer): string => (typeof body === 'string' ? body : String(body['message']))
