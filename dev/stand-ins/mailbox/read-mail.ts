import * as z from 'zod'
import { refusal, type Answer } from './answer.ts'

/** `email@example.com` or `Name <email@example.com>`; https://resend.com/docs/api-reference/emails/send-email */
const ADDRESS = /^(?:[^<>\r\n]*<[^\s@<>,]+@[^\s@<>,]+\.[^\s@<>,]+>|[^\s@<>,]+@[^\s@<>,]+\.[^\s@<>,]+)$/
const FORMAT = 'The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.'
const MOST_RECIPIENTS = 50

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]))

const shape = z.object({
  from: z.string().optional(),
  to: oneOrMany.optional(),
  subject: z.string().optional(),
  html: z.string().optional(),
  text: z.string().optional(),
  reply_to: oneOrMany.optional(),
  cc: oneOrMany.optional(),
  bcc: oneOrMany.optional(),
  headers: z.record(z.string(), z.string()).optional(),
})

export interface Draft {
  from: string
  to: string[]
  subject: string
  html: string | null
  text: string | null
}

/** What one object of POST /emails or /emails/batch says, or how Resend refuses it. */
export function readMail(value: unknown): Draft | { refused: Answer } {
  const read = shape.safeParse(value)
  if (!read.success) return wrong(`The field ${read.error.issues[0]?.path.join('.') ?? ''} is wrong.`)
  const { from, to, subject, html, text } = read.data
  if (!from) return missing('from')
  if (to === undefined || to.length === 0) return missing('to')
  if (!subject) return missing('subject')
  if (html === undefined && text === undefined) return missing('html` or `text')
  if (!ADDRESS.test(from)) return { refused: refusal(422, 'invalid_from_address', `Invalid \`from\` field. ${FORMAT}`) }
  if (to.length > MOST_RECIPIENTS) return wrong(`The \`to\` field holds more than ${MOST_RECIPIENTS} addresses.`)
  if (!to.every((address) => ADDRESS.test(address))) return wrong(`Invalid \`to\` field. ${FORMAT}`)
  return { from, to, subject, html: html ?? null, text: text ?? null }
}

const wrong = (message: string) => ({ refused: refusal(422, 'validation_error', message) })
const missing = (field: string) => ({ refused: refusal(422, 'missing_required_field', `Missing \`${field}\` field.`) })
