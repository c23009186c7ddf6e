import { useMutation, useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { startOver } from './start-over.ts'

/** Something that a person does, with what is no longer true afterwards: it stands beside the queries, and no screen needs to know. */
export type Mutation<Input, Answer> = {
  run: (input: Input) => Promise<Answer>
  /** The queries to ask again, by how their keys begin: none when no query answers otherwise; `person` when somebody else is here, and so all. */
  changes: readonly QueryKey[] | 'person'
  /** The query whose new answer has come back with this one. */
  answers?: (input: Input) => QueryKey
}

type Then<Input, Answer> = {
  /** As soon as it has been answered: what is said to the person. */
  onAnswer?: (answer: Answer, input: Input) => void
  /** Once what it changed has been asked again: where one goes then. */
  onDone?: (answer: Answer, input: Input) => void | Promise<void>
  onError?: (error: Error) => unknown
}

/** The one way in which a screen changes something. It is pending until every list that shows what was changed shows it. */
export function useChange<Input, Answer>(
  { run, changes, answers }: Mutation<Input, Answer>,
  { onAnswer, onDone, onError }: Then<Input, Answer> = {},
) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: async (answer, input) => {
      onAnswer?.(answer, input)
      if (answers) queryClient.setQueryData(answers(input), answer)
      await askAgain(queryClient, changes)
      await onDone?.(answer, input)
    },
    ...(onError && { onError }),
  })
}

async function askAgain(queryClient: QueryClient, changes: Mutation<never, never>['changes']): Promise<void> {
  if (changes === 'person') return startOver(queryClient)
  await Promise.all(changes.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}
