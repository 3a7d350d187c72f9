// Keeps typed text when a form is left that was changed and not sent: it is
// given to the server, which shows it when the form is opened again. Only forms
// of steps are kept: others hold no more than a line, and some hold passwords.

const KEEPER = '/begun'
const KEPT = ['/matters/', '/new/']

function placeOf(form) {
  return new URL(form.action).pathname
}

function isKept(form) {
  return form.method === 'post' && KEPT.some((place) => placeOf(form).startsWith(place))
}

function isChanged(field) {
  if (field.type === 'hidden' || field.type === 'file') return false
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked
  if (field instanceof HTMLSelectElement) {
    // Where no option is marked, the first one is chosen by itself.
    const first = Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
    return field.selectedIndex !== first
  }
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
  let sent = null
  const given = new Map()
  document.addEventListener('submit', (event) => {
    sent = event.target
  })
  window.addEventListener('pageshow', () => {
    sent = null
  })
  const keep = () => {
    for (const form of [...document.forms].filter(isKept)) {
      if (form === sent || ![...form.elements].some(isChanged)) continue
      const typed = typedIn(form)
      typed.set('place', placeOf(form))
      if (given.get(form) === typed.toString()) continue
      if (navigator.sendBeacon(KEEPER, typed)) given.set(form, typed.toString())
    }
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep()
  })
  window.addEventListener('pagehide', keep)
}
