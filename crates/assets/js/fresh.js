// Shows what others record while a page is looked at. The page is asked for again and again; a part that has
// another state takes the place of the old one, but where the reader is at work in it the new one is offered.
// No words: they come in attributes.
const EVERY = 5_000
// Whoever gives no sign for so long is not there: a session is not to last because a page lies open.
const AWAY = 60 * 60_000
// So often in a row the page is not had before its reader is told.
const FAILURES = 3

export function keepFresh(place, initialise) {
  const told = place.querySelector('[role="status"]')
  const offer = place.querySelector('[data-offer]')
  const lost = place.querySelector('[data-lost]')
  let failures = 0
  let seen = Date.now()
  for (const sign of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove']) {
    document.addEventListener(sign, () => (seen = Date.now()), { passive: true })
  }

  async function look() {
    if (document.hidden || Date.now() - seen > AWAY) return
    const page = await pageAgain()
    failures = page ? 0 : failures + 1
    lost.hidden = failures < FAILURES
    if (!page) return
    const shown = place.querySelector('[data-state]')
    const fresh = page.querySelector('[data-hall="fresh"] [data-state]')
    if (fresh?.dataset.state === shown.dataset.state) return
    if (!fresh || isAtWork(shown)) {
      offer.hidden = false
      return
    }
    shown.replaceWith(document.adoptNode(fresh))
    offer.hidden = true
    told.textContent = place.dataset.told
    initialise(place)
  }

  const again = () => look().finally(() => setTimeout(again, EVERY))
  setTimeout(again, EVERY)
}

// The page as it is now; nothing where the server is not reached, or asks for a sign-in.
async function pageAgain() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } })
    if (!answer.ok || answer.redirected) return null
    return new DOMParser().parseFromString(await answer.text(), 'text/html')
  } catch {
    return null
  }
}

function isAtWork(part) {
  const fields = [...part.querySelectorAll('input, select, textarea')]
  return part.contains(document.activeElement) || fields.some(isTouched)
}

function isTouched(field) {
  if (field instanceof HTMLSelectElement) return [...field.options].some((one) => one.selected !== one.defaultSelected)
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked
  return field.value !== field.defaultValue
}
