/* Menus made of <details>: one open at a time, closed by Escape and by a click elsewhere. Focus goes to what went wrong. A button that prints the page. */
const menus = [...document.querySelectorAll('[data-menu]')]

document.addEventListener('click', (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false
})

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of document.querySelectorAll('[data-menu][open], [data-confirm][open]')) {
    const inside = menu.contains(document.activeElement)
    menu.open = false
    if (inside) menu.querySelector('summary').focus()
  }
})

document.querySelector('[data-take-focus]')?.focus()

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
