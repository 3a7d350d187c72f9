// What scripts add to pages that work without them: the components of the two
// design systems, one sending of a form, a warning before typed text is lost,
// a list that narrows, one that is put in order, the fields of the outcome that
// is chosen, details that stay open, what others record meanwhile. No words:
// they come in attributes.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  Radios,
  SkipLink,
  createAll,
} from 'asset:govuk.js'
import { SortableTable } from 'asset:sortable-table.js'
import { readFileInto } from 'asset:file-into.js'
import { keepFresh } from 'asset:fresh.js'
import { orderByHand } from 'asset:ordered.js'
import { guardTypedText } from 'asset:typed-text.js'

const body = document.body
body.classList.add('js-enabled', 'govuk-frontend-supported')

function initialise(scope) {
  for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, Radios, SkipLink, SortableTable]) {
    createAll(component, undefined, { scope, onError: () => {} })
  }
  scope.querySelectorAll('[data-hall="picker"]').forEach(narrowAsTyped)
  scope.querySelectorAll('[data-hall="ordered"]').forEach(orderByHand)
  scope.querySelectorAll('[data-hall="file-into"]').forEach(readFileInto)
  scope.querySelectorAll('form').forEach(askWhatIsChosen)
  scope.querySelectorAll('details[data-keep]').forEach(keepOpen)
}

// The server recognises a form that comes twice; this spares it and the reader
// the second one. The button is shut after the form has left, so that its own
// name and value are still sent.
function sendOnce(event) {
  const form = event.target
  if (event.defaultPrevented || form.method !== 'post') return
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = 'yes'
  setTimeout(() => {
    form.querySelectorAll('button:not([type="button"])').forEach((button) => {
      button.disabled = true
      button.dataset.shut = 'yes'
    })
  })
}

// A page that comes back from the browser's memory may be sent again.
function reopenForms() {
  document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent)
  document.querySelectorAll('button[data-shut]').forEach((button) => {
    button.disabled = false
    delete button.dataset.shut
  })
}

function narrowAsTyped(picker) {
  const find = picker.querySelector('.hall-picker__find')
  const input = find?.querySelector('input')
  if (!input) return
  find.hidden = false
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault()
  })
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase()
    picker.querySelectorAll('.hall-picker__group').forEach((group) => {
      let shown = 0
      group.querySelectorAll('li').forEach((line) => {
        const fits = line.textContent.toLowerCase().includes(wanted)
        line.hidden = !fits
        shown += fits ? 1 : 0
      })
      group.hidden = shown === 0
      if (wanted && shown > 0) group.open = true
    })
  })
}

// Of the fields that only some outcomes ask for, those of the outcome that is chosen.
function askWhatIsChosen(form) {
  const groups = form.querySelectorAll('[data-outcomes]')
  if (groups.length === 0) return
  const show = () => {
    const chosen = form.querySelector('input[name="outcome"]:checked')?.value
    groups.forEach((group) => {
      group.hidden = !group.dataset.outcomes.split(' ').includes(chosen)
    })
  }
  form.addEventListener('change', (event) => event.target.name === 'outcome' && show())
  show()
}

function keepOpen(details) {
  const key = `open:${location.pathname}:${details.dataset.keep}`
  const kept = sessionStorage.getItem(key)
  if (kept) details.open = kept === 'yes'
  details.addEventListener('toggle', () => sessionStorage.setItem(key, details.open ? 'yes' : 'no'))
}

initialise(document)
document.querySelectorAll('[data-hall="fresh"]').forEach((place) => keepFresh(place, initialise))
guardTypedText()
document.addEventListener('submit', sendOnce)
window.addEventListener('pageshow', (event) => event.persisted && reopenForms())
document.addEventListener('htmx:after:swap', (event) => {
  reopenForms()
  initialise(event.target instanceof Element ? event.target : document)
})
