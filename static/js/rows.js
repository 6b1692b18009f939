/* [data-rows="name"]: lines added and removed in place. Without JavaScript the same buttons send the form and the server does it. */
for (const box of document.querySelectorAll('[data-rows]')) {
  const name = box.dataset.rows
  const list = box.querySelector('ol')
  const blank = box.querySelector('template').content.firstElementChild
  const changed = () => {
    list.querySelectorAll('li').forEach((row, index) => row.querySelectorAll('[data-row-number]').forEach((spot) => { spot.textContent = index + 1 }))
    box.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const add = () => {
    const next = 1 + Math.max(-1, ...[...list.querySelectorAll('input')].map((input) => Number(input.name.split('-')[1])))
    const row = blank.cloneNode(true)
    row.querySelector('label').htmlFor = `${name}-${next}`
    Object.assign(row.querySelector('input'), { id: `${name}-${next}`, name: `${name}-${next}`, value: '' })
    row.querySelector('button').value = `${name}-${next}`
    list.append(row)
    return row.querySelector('input')
  }

  box.addEventListener('click', (event) => {
    const button = event.target.closest('button')
    if (!button) return
    event.preventDefault()
    if (button.name === 'add') { add().focus(); return changed() }
    const row = button.closest('li')
    const beside = row.nextElementSibling ?? row.previousElementSibling
    row.remove()
    const input = beside?.querySelector('input') ?? add()
    input.focus()
    changed()
  })

  list.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.target.matches('input')) return
    event.preventDefault()
    add().focus()
    changed()
  })
}
