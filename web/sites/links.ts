import type { AnyContext, createRouter, ResolveFullPath, ResolveId, ResolveParams, RootRoute, Route } from '@tanstack/react-router'
import type { RouterContext } from '#web/shell/context.ts'
import type { anySearch } from '#web/shell/search.ts'
import type { stamPages } from './stam/table.ts'
import type { weoktoPages } from './weokto/table.ts'

type TreeOf<Children> = RootRoute<unknown, undefined, RouterContext, AnyContext, AnyContext, Record<string, never>, undefined, Children>
type Root = TreeOf<unknown>

type PageRoute<At extends string> = Route<
  unknown,
  Root,
  At,
  ResolveFullPath<Root, At>,
  string,
  ResolveId<Root, string, At>,
  typeof anySearch,
  ResolveParams<At>
>

type Path = keyof typeof weoktoPages | keyof typeof stamPages

declare module '@tanstack/react-router' {
  /** Every page of both sites, read from their tables: a link to a page that is in neither, or that lacks a part of its address, does not compile. */
  interface Register {
    router: ReturnType<typeof createRouter<TreeOf<{ [At in Path]: PageRoute<At> }>>>
  }
}
