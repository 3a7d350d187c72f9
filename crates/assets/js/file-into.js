// Reads a chosen file into a field of the form, as if it had been pasted. A list
// that a spreadsheet saved is UTF-8 or, in Chinese, often GB 18030.
function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

export function readFileInto(group) {
  const input = group.querySelector('input[type="file"]')
  const field = document.getElementById(group.dataset.into)
  if (!input || !field) return
  group.hidden = false
  input.addEventListener('change', async () => {
    const [file] = input.files
    if (!file) return
    field.value = textOf(await file.arrayBuffer())
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.focus()
  })
}
