/** What a refusal is: its HTTP status and the sentence that a person reads, in both languages. */
export type ErrorEntry = { readonly status: number; readonly fr: string; readonly en: string }
