/** Refusals of signing in, sessions and people. */
export const IDENTITY_ERRORS = {
  unauthorized: 401,
  fresh_sign_in_required: 401,
  mails_limited: 429,
  code_wrong: 422,
  code_needed: 403,
  link_expired: 410,
  too_many_tries: 429,
  email_taken: 409,
  banned: 403,
  setup_closed: 410,
  setup_keyless: 503,
  setup_key_wrong: 422,
} as const
