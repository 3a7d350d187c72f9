// Keeps typed text when a form is left that was changed and not sent: it is
// given to the server, which shows it when the form is opened again. Search
// forms and sign-in are left alone.

const KEEPER = '/begun'

function isKept(form) {
  return form && form.method === 'post' && !form.hasAttribute('data-no-guard')
}

function isChanged(field) {
  if (field.type === 'hidden' || field.type === 'file') return false
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked
  if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.selected !== option.defaultSelected)
  return field.value !== field.defaultValue
}

function typedIn(form) {
  const typed = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') typed.append(name, value)
  }
  return typed
}

export function guardTypedText() {
  let leaving = false
  const given = new Map()
  document.addEventListener('submit', () => {
    leaving = true
  })
  window.addEventListener('pageshow', () => {
    leaving = false
  })
  const keep = () => {
    if (leaving) return
    for (const form of [...document.forms].filter(isKept)) {
      if (![...form.elements].some(isChanged)) continue
      const typed = typedIn(form)
      typed.set('place', new URL(form.action).pathname)
      if (given.get(form) === typed.toString()) continue
      if (navigator.sendBeacon(KEEPER, typed)) given.set(form, typed.toString())
    }
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep()
  })
  window.addEventListener('pagehide', keep)
}
