/* <input type="password" data-reveal="Vis passordet" data-conceal="Skjul passordet">: a button beside it shows what was typed. */
for (const box of document.querySelectorAll('input[data-reveal]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'link-button reveal'
  button.textContent = box.dataset.reveal
  button.setAttribute('aria-controls', box.id)
  button.addEventListener('click', () => {
    const hidden = box.type === 'password'
    box.type = hidden ? 'text' : 'password'
    button.textContent = hidden ? box.dataset.conceal : box.dataset.reveal
  })
  box.form?.addEventListener('submit', () => { box.type = 'password' })
  box.after(button)
}
