// Warns before typed text is lost: a form that was changed and not sent holds
// the page until the reader says so. Search forms and sign-in are left alone.

function isGuarded(form) {
  return form && form.method === 'post' && !form.hasAttribute('data-no-guard')
}

function isChanged(field) {
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked
  if (field.type === 'file') return field.value !== ''
  if (field instanceof HTMLTextAreaElement || field.name.startsWith('order.')) return field.value !== field.defaultValue
  return false
}

export function guardTypedText() {
  let leaving = false
  document.addEventListener('submit', () => {
    leaving = true
  })
  window.addEventListener('pageshow', () => {
    leaving = false
  })
  window.addEventListener('beforeunload', (event) => {
    if (leaving) return
    const forms = [...document.forms].filter(isGuarded)
    if (forms.some((form) => [...form.elements].some(isChanged))) event.preventDefault()
  })
}
