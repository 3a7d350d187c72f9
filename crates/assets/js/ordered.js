// An ordered list of a form that can be put in order by dragging and by buttons. Without scripts its rows are
// numbered by hand; the numbers stay what is sent, and typing one still works. Words come in attributes.

export function orderByHand(list) {
  const rows = () => [...list.children]
  const place = (row) => row.querySelector('input')
  const isOn = (row) => place(row).value.trim() !== ''
  const name = (row) => row.querySelector('.hall-ordered__name').textContent
  const status = list.parentElement.querySelector('[role="status"]')
  const together = list.parentElement.querySelector('.hall-ordered__together')
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

  // Those that are on come first, in the order of their numbers; the rows stay where they are if that is so already.
  function settle() {
    const number = (row) => parseInt(place(row).value, 10) || Number.MAX_SAFE_INTEGER
    const on = rows().filter(isOn).sort((one, other) => number(one) - number(other))
    const sorted = [...on, ...rows().filter((row) => !isOn(row))]
    if (rows().some((row, at) => row !== sorted[at])) {
      const held = document.activeElement
      list.append(...sorted)
      if (list.contains(held)) held.focus()
    }
    rows().forEach((row) => describe(row, on.indexOf(row), on.length))
    if (together) together.textContent = sum(on.map((row) => parseInt(row.dataset.minutes, 10)))
  }

  // How long those that are on take together, in a sentence; of one of 0 minutes nothing is said.
  function sum(minutes) {
    if (minutes.length === 0) return ''
    const untimed = minutes.filter((of) => of === 0).length
    const words = untimed > 0 ? together.dataset.someUntimed : together.dataset.allTimed
    return words.replace('{minutes}', minutes.reduce((all, of) => all + of, 0)).replace('{untimed}', untimed)
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

  // Puts a row at a place, the first one 0; the numbers then run from one.
  function move(row, at) {
    const others = rows().filter((other) => isOn(other) && other !== row)
    others.splice(Math.min(at, others.length), 0, row)
    others.forEach((other, n) => {
      place(other).value = n + 1
    })
    changed(row)
  }

  // A number that was typed into a blank row stands as it is, and moves on who had it; one that was typed anew
  // is a place.
  function typed(row) {
    const number = parseInt(place(row).value, 10)
    if (!isOn(row) || !(number > 0)) return changed(row)
    if (row.classList.contains('hall-ordered__item--on')) return move(row, number - 1)
    const others = rows().filter((other) => isOn(other) && other !== row)
    if (others.some((other) => parseInt(place(other).value, 10) === number)) {
      others.filter((other) => parseInt(place(other).value, 10) >= number).forEach((other) => {
        place(other).value = parseInt(place(other).value, 10) + 1
      })
    }
    changed(row)
  }

  function changed(row) {
    settle()
    const said = isOn(row) ? list.dataset.moved : list.dataset.gone
    status.textContent = said.replace('{name}', name(row)).replace('{n}', place(row).value)
  }

  list.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-tool]')
    if (!button) return
    const row = button.closest('li')
    const at = rows().indexOf(row)
    if (button.dataset.tool === 'up') move(row, at - 1)
    else if (button.dataset.tool === 'down') move(row, at + 1)
    else if (isOn(row)) {
      place(row).value = ''
      changed(row)
    } else move(row, rows().length)
    if (button.disabled || button.hidden) row.querySelector('button:not([hidden]):not([disabled])').focus()
  })
  list.addEventListener('change', (event) => typed(event.target.closest('li')))
  list.addEventListener('dragstart', (event) => {
    dragged = event.target instanceof Element ? event.target.closest('li[draggable]') : null
    if (!dragged) return
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', name(dragged))
    dragged.classList.add('hall-ordered__item--dragged')
  })
  list.addEventListener('dragover', (event) => dragged && event.preventDefault())
  list.addEventListener('drop', (event) => {
    if (!dragged) return
    event.preventDefault()
    const over = event.target instanceof Element ? event.target.closest('li') : null
    if (!over || over === dragged) return
    if (!isOn(over)) return move(dragged, rows().length)
    const { top, height } = over.getBoundingClientRect()
    const others = rows().filter((row) => isOn(row) && row !== dragged)
    move(dragged, others.indexOf(over) + (event.clientY > top + height / 2 ? 1 : 0))
  })
  list.addEventListener('dragend', () => {
    dragged?.classList.remove('hall-ordered__item--dragged')
    dragged = null
  })
}
