type Built<Query> = Query extends (...asked: never[]) => infer Options ? Options : Query

/** What a query answers: `DataOf<typeof meQuery>`, or `DataOf<typeof offerQuery>` where a function builds it. Of an infinite one, a page. */
export type DataOf<Query> =
  Built<Query> extends { queryFn?: infer Run } ? (Run extends (...context: never[]) => infer Answer ? Awaited<Answer> : never) : never
