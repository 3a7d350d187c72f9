// An ordered list of a form that can be put in order by dragging and by buttons. Without scripts its rows are
// numbered by hand; the numbers stay what is sent, and typing one still works. Words come in attributes.

export function orderByHand(list) {
  const rows = () => [...list.children]
  const place = (row) => row.querySelector('input')
  const isOn = (row) => place(row).value.trim() !== ''
  const name = (row) => row.querySelector('.hall-ordered__name').textContent
  const status = list.parentElement.querySelector('[role="status"]')
  let dragged = null

  rows().forEach((row) => {
    const tools = document.createElement('span')
    tools.className = 'hall-ordered__tools'
    tools.append(tool('up', '↑'), tool('down', '↓'), tool('toggle', ''))
    row.append(tools)
    row.draggable = true
  })
  settle()

  function tool(word, sign) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = `hall-ordered__tool hall-ordered__tool--${word}`
    button.dataset.tool = word
    button.textContent = sign
    return button
  }

  // Those that are on come first, in the order of their numbers, which then run from one.
  function settle() {
    const number = (row) => parseInt(place(row).value, 10) || Number.MAX_SAFE_INTEGER
    const on = rows().filter(isOn).sort((one, other) => number(one) - number(other))
    const off = rows().filter((row) => !isOn(row))
    on.forEach((row, at) => {
      place(row).value = at + 1
    })
    const held = document.activeElement
    list.append(...on, ...off)
    if (list.contains(held)) held.focus()
    rows().forEach((row) => describe(row, on.indexOf(row), on.length))
  }

  function describe(row, at, count) {
    const [up, down, toggle] = row.querySelectorAll('button')
    row.classList.toggle('hall-ordered__item--on', at >= 0)
    up.hidden = down.hidden = at < 0
    up.disabled = at === 0
    down.disabled = at === count - 1
    toggle.textContent = at < 0 ? list.dataset.on : list.dataset.off
    up.setAttribute('aria-label', `${list.dataset.up}: ${name(row)}`)
    down.setAttribute('aria-label', `${list.dataset.down}: ${name(row)}`)
    toggle.setAttribute('aria-label', `${toggle.textContent}: ${name(row)}`)
  }

  // Puts a row before the one that is number `at` now, or last.
  function move(row, at) {
    const before = at ?? Number.MAX_SAFE_INTEGER
    const others = rows().filter((other) => isOn(other) && other !== row)
    const ahead = others.filter((other) => parseInt(place(other).value, 10) < before)
    others.forEach((other, n) => {
      place(other).value = n < ahead.length ? n + 1 : n + 2
    })
    place(row).value = ahead.length + 1
    changed(row)
  }

  function changed(row) {
    settle()
    status.textContent = isOn(row)
      ? `${name(row)} ${list.dataset.moved} ${place(row).value}`
      : `${name(row)} ${list.dataset.gone}`
    place(row).dispatchEvent(new Event('input', { bubbles: true }))
  }

  list.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-tool]')
    if (!button) return
    const row = button.closest('li')
    const at = parseInt(place(row).value, 10)
    if (button.dataset.tool === 'up') move(row, at - 1)
    else if (button.dataset.tool === 'down') move(row, at + 2)
    else if (isOn(row)) {
      place(row).value = ''
      changed(row)
    } else move(row, null)
    if (button.disabled || button.hidden) row.querySelector('button:not([hidden]):not([disabled])').focus()
  })
  list.addEventListener('change', (event) => changed(event.target.closest('li')))
  list.addEventListener('dragstart', (event) => {
    dragged = event.target.closest('li')
    event.dataTransfer.effectAllowed = 'move'
    dragged.classList.add('hall-ordered__item--dragged')
  })
  list.addEventListener('dragover', (event) => event.preventDefault())
  list.addEventListener('drop', (event) => {
    event.preventDefault()
    const over = event.target.closest('li')
    if (!dragged || !over || over === dragged) return
    const { top, height } = over.getBoundingClientRect()
    const below = event.clientY > top + height / 2
    move(dragged, isOn(over) ? parseInt(place(over).value, 10) + (below ? 1 : 0) : null)
  })
  list.addEventListener('dragend', () => {
    dragged?.classList.remove('hall-ordered__item--dragged')
    dragged = null
  })
}
