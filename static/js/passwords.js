/* Show and hide what stands in a password box. */
for (const box of document.querySelectorAll('input[data-reveal]')) {
  const row = document.createElement('div')
  const button = document.createElement('button')
  row.className = 'with-reveal'
  button.type = 'button'
  button.className = 'ds-button'
  button.dataset.variant = 'tertiary'
  button.textContent = box.dataset.reveal
  button.setAttribute('aria-controls', box.id)
  box.replaceWith(row)
  row.append(box, button)
  button.addEventListener('click', () => {
    const hidden = box.type === 'password'
    box.type = hidden ? 'text' : 'password'
    button.textContent = hidden ? box.dataset.conceal : box.dataset.reveal
  })
  box.form?.addEventListener('submit', () => { box.type = 'password' })
}
