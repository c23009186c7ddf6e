import { parseMessage, type Block, type Inline } from './rich-text.ts'

/** A message's text, drawn from its parsed form: what people write never becomes markup. */
export function MessageText({ text }: { text: string }) {
  return (
    <div className="chat-text">
      {parseMessage(text).map((block) => (
        <BlockView key={block.at} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'code') {
    return (
      <pre className="chat-text__code">
        <code>{block.text}</code>
      </pre>
    )
  }
  const inside = <Inlines parts={block.children} />
  return block.kind === 'quote' ? <blockquote>{inside}</blockquote> : <p>{inside}</p>
}

function Inlines({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part) => <InlineView key={part.at} part={part} />)
}

const MARKS = { bold: 'strong', italic: 'em', strike: 's' } as const

function InlineView({ part }: { part: Inline }) {
  if (part.kind === 'text') return part.text
  if (part.kind === 'code') return <code>{part.text}</code>
  if (part.kind === 'link') {
    return (
      <a href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
        {part.text}
      </a>
    )
  }
  const Mark = MARKS[part.kind]
  return (
    <Mark>
      <Inlines parts={part.children} />
    </Mark>
  )
}
