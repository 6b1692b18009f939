/* Forms: characters left, a warning before unsaved words are lost, and one submission however often one presses. */
for (const counter of document.querySelectorAll('[data-counts]')) {
  const box = document.getElementById(counter.dataset.counts)
  if (!box) continue
  const show = () => {
    const left = Number(box.dataset.count) - box.value.length
    counter.textContent = (left < 0 ? counter.dataset.over : counter.dataset.left).replace('{n}', Math.abs(left))
    counter.classList.toggle('over', left < 0)
  }
  box.addEventListener('input', show)
  show()
}

let unsaved = false
for (const form of document.querySelectorAll('form[method="post"]')) {
  if (form.hasAttribute('data-warn')) form.addEventListener('input', () => { unsaved = true })
  form.addEventListener('saved', () => { unsaved = false })
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = 'yes'
    unsaved = false
    event.submitter?.setAttribute('aria-busy', 'true')
  })
}

addEventListener('beforeunload', (event) => { if (unsaved) event.preventDefault() })
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
  for (const button of document.querySelectorAll('button[aria-busy]')) button.removeAttribute('aria-busy')
})
