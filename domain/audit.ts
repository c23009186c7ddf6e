import { AFFILIATION_AUDIT } from './affiliation/audit.ts'
import { IDENTITY_AUDIT } from './identity/audit.ts'
import { SELLING_AUDIT } from './selling/audit.ts'

/**
 * Everything that the audit log can tell, kept on the shelf that it belongs to: who does it, one of the staff or the platform by itself, and of
 * what. A name is stored for ever: what is no longer done keeps its name here.
 */
export const AUDIT = { ...IDENTITY_AUDIT, ...AFFILIATION_AUDIT, ...SELLING_AUDIT }

export type AuditAction = keyof typeof AUDIT

/** What an action is about: a kind of row. */
export type AuditSubject<Action extends AuditAction = AuditAction> = (typeof AUDIT)[Action]['about'][number]
