// The hosted page's script: it formats and checks what is typed and posts the card to the vault, and to nobody else.

const form = document.getElementById('card')
const save = document.getElementById('save')
const alertBox = document.getElementById('alert')
const words = JSON.parse(form.dataset.words)
const [number, holder, expiry, code] = ['card_number', 'card_holder', 'expiry', 'cvv'].map((id) => document.getElementById(id))
const saveLabel = save.textContent
let sending = false

const digitsOf = (text) => text.replace(/\D/g, '')
const isAmex = (digits) => /^3[47]/.test(digits)

function brandOf(digits) {
  if (digits.startsWith('4')) return 'visa'
  if (/^(5[1-5]|2[2-7])/.test(digits)) return 'mastercard'
  return isAmex(digits) ? 'amex' : 'unknown'
}

function grouped(digits) {
  const groups = isAmex(digits) ? /^(\d{0,4})(\d{0,6})(\d{0,5})/ : /^(\d{0,4})(\d{0,4})(\d{0,4})(\d{0,4})(\d{0,3})/
  return groups.exec(digits).slice(1).filter(Boolean).join(' ')
}

function luhn(digits) {
  const sum = [...digits].toReversed().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return digits.length >= 12 && sum % 10 === 0
}

/** Writes the formatted text and keeps the caret behind the same digit. */
function rewrite(input, text) {
  if (input.value === text) return
  const before = digitsOf(input.value.slice(0, input.selectionStart)).length
  input.value = text
  let caret = 0
  for (let seen = 0; caret < text.length && seen < before; caret += 1) if (/\d/.test(text[caret])) seen += 1
  if (before > 0 && text[caret] === '/' && caret === text.length - 1) caret += 1
  input.setSelectionRange(caret, caret)
}

function readExpiry() {
  const match = /^(\d{1,2})\s*\/?\s*(?:20)?(\d{2})$/.exec(expiry.value.trim())
  const month = Number(match?.[1])
  return match === null || month < 1 || month > 12 ? null : { month, year: 2000 + Number(match[2]) }
}

const checks = new Map([
  [
    number,
    () => {
      const digits = digitsOf(number.value)
      return digits === '' ? words.numberMissing : luhn(digits) ? '' : words.numberWrong
    },
  ],
  [holder, () => (holder.value.trim() === '' ? words.holderMissing : '')],
  [
    expiry,
    () => {
      const date = readExpiry()
      if (date === null) return words.expiryWrong
      // A card is good until the last moment of its month.
      return new Date(date.year, date.month, 1) <= new Date() ? words.expiryPast : ''
    },
  ],
  [
    code,
    () => {
      const length = isAmex(digitsOf(number.value)) ? 4 : 3
      return digitsOf(code.value).length === length ? '' : words[`code${length}`]
    },
  ],
])

function check(input) {
  const message = checks.get(input)()
  input.setAttribute('aria-invalid', String(message !== ''))
  document.getElementById(`${input.id}-error`).textContent = message
  return message === ''
}

number.addEventListener('input', () => {
  const digits = digitsOf(number.value)
  rewrite(number, grouped(digits))
  const brand = brandOf(digits)
  document.getElementById('brand').textContent = brand === 'unknown' ? '' : { visa: 'Visa', mastercard: 'Mastercard', amex: 'Amex' }[brand]
})
expiry.addEventListener('input', (event) => {
  const digits = digitsOf(expiry.value)
  const typed = /^[2-9]$/.test(digits) ? `0${digits}` : digits
  // While somebody deletes, the slash must not come back by itself; a year of four digits is the browser's own filling.
  if (event.inputType?.startsWith('delete') || digits.length > 4) return
  rewrite(expiry, typed.length >= 2 ? `${typed.slice(0, 2)}/${typed.slice(2, 4)}` : typed)
  if (expiry.value.length === 3) expiry.setSelectionRange(3, 3)
})
code.addEventListener('input', () => rewrite(code, digitsOf(code.value)))
for (const input of checks.keys()) {
  input.addEventListener('input', () => {
    if (input.getAttribute('aria-invalid') === 'true') check(input)
  })
}

function cardData() {
  const digits = digitsOf(number.value)
  const { month, year } = readExpiry()
  const [mm, yyyy] = [String(month).padStart(2, '0'), String(year)]
  return {
    ...JSON.parse(form.dataset.extra),
    card_number: form.dataset.strip === 'true' ? digits : grouped(digits),
    card_holder: holder.value.trim(),
    cvv: code.value,
    expiry: `${mm}/${yyyy.slice(-2)}`,
    expiry_year: yyyy,
    expiry_year_short: yyyy.slice(-2),
    expiry_month: mm,
    card_type: brandOf(digits),
    last_four: digits.slice(-4),
  }
}

/** The page around us may or may not listen; it asks its own server anyway. */
const hint = (message) => {
  if (window.parent !== window) window.parent.postMessage({ source: 'pcivault', ...message }, '*')
}

function succeed(lastFour) {
  form.hidden = true
  document.getElementById('tests').hidden = true
  document.getElementById('done').hidden = false
  document.getElementById('done-title').textContent = `${words.saved} ••••\u00a0${lastFour}`
  document.getElementById('done-hint').textContent = words.savedHint
  document.getElementById('done-title').focus()
  form.reset()
  hint({ event: 'success' })
}

async function send() {
  const card = cardData()
  const response = await fetch(form.dataset.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-PCIVault-Capture-Secret': form.dataset.secret },
    body: JSON.stringify(card),
  })
  if (response.ok) succeed(card.last_four)
  else alertBox.textContent = response.status === 404 || response.status === 403 ? words.expired : words.failed
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  if (sending) return
  alertBox.textContent = ''
  const wrong = [...checks.keys()].filter((input) => !check(input))
  if (wrong.length > 0) {
    wrong[0].focus()
    return
  }
  sending = true
  save.setAttribute('aria-disabled', 'true')
  save.textContent = words.saving
  send()
    .catch(() => {
      alertBox.textContent = words.failed
    })
    .finally(() => {
      sending = false
      save.removeAttribute('aria-disabled')
      save.textContent = saveLabel
    })
})

document.getElementById('tests').addEventListener('click', (event) => {
  const button = event.target.closest('[data-number]')
  if (button === null) return
  const year = new Date().getFullYear() + 3
  number.value = button.dataset.number
  holder.value ||= 'Camille Martin'
  expiry.value = `12/${String(year).slice(-2)}`
  code.value = isAmex(digitsOf(number.value)) ? '1234' : '123'
  number.dispatchEvent(new Event('input'))
  for (const input of checks.keys()) check(input)
  save.focus()
})

new ResizeObserver(() => hint({ event: 'height', height: Math.ceil(document.body.getBoundingClientRect().height) })).observe(document.body)
