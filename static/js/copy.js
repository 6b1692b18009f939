/* A button beside a text that is there to be copied. Without scripts, or where copying is refused, the text is marked in its box. */
for (const box of document.querySelectorAll('input[data-copy]')) {
  const row = document.createElement('div')
  const button = document.createElement('button')
  const said = document.createElement('span')
  row.className = 'with-copy'
  button.type = 'button'
  button.className = 'ds-button'
  button.dataset.variant = 'secondary'
  button.textContent = box.dataset.copy
  said.className = 'ds-sr-only'
  said.setAttribute('role', 'status')
  box.replaceWith(row)
  row.append(box, button, said)
  button.addEventListener('click', async () => {
    box.select()
    try { await navigator.clipboard.writeText(box.value) } catch { if (!document.execCommand('copy')) return }
    button.textContent = said.textContent = box.dataset.copied
    setTimeout(() => { button.textContent = box.dataset.copy; said.textContent = '' }, 3000)
  })
}
