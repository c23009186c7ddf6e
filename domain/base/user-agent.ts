/**
 * How we name ourselves to everybody we ask. A Worker sends no name of its own, and the edge in front of Resend refuses whoever has none
 * (403, error 1010; https://resend.com/docs/knowledge-base/403-error-1010).
 */
export const USER_AGENT = 'weokto-stam/1.0 (+https://weokto.com)'
