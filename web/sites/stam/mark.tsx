/** The sign of the site: a sun with an S in it. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="15" fill="var(--color-accent)" />
      <path
        d="M21 11.5c-1.2-1.3-3-2-5-2-2.8 0-4.8 1.3-4.8 3.3 0 4.4 9.8 2 9.8 6.5 0 2-2.2 3.4-5 3.4-2.3 0-4.3-.8-5.5-2.2"
        fill="none"
        stroke="var(--color-on-accent)"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  )
}
