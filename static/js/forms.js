/* Forms: characters left, a warning before unsaved words are lost, one submission however often one presses, errors that go when they are mended, and parts that unfold. */
for (const counter of document.querySelectorAll('[data-counts]')) {
  const box = document.getElementById(counter.dataset.counts)
  if (!box) continue
  const number = new Intl.NumberFormat(document.documentElement.lang)
  const show = () => {
    const left = Number(box.dataset.count) - box.value.length
    counter.textContent = (left < 0 ? counter.dataset.over : counter.dataset.left).replace('{n}', number.format(Math.abs(left)))
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

/* What was wrong and has been changed is no longer called wrong. Its words stay, unreddened, while one types; they go once one has gone on,
   after the press and not at it, so that nothing moves under the finger. */
const summary = document.querySelector('.ds-error-summary')
const invalid = '[aria-invalid="true"]'
const aside = (element) => element.checkVisibility?.() === false && !element.closest('details:not([open])')
const wrong = (element) => element && !aside(element) && (element.matches(invalid) || element.querySelector(invalid))

addEventListener('input', ({ target }) => {
  for (const part of target.form && target.name ? target.form.elements : []) {
    if (part.name === target.name) part.removeAttribute('aria-invalid')
  }
  document.getElementById(`${target.name}-error`)?.classList.add('mended')
  for (const link of summary?.querySelectorAll('li > a') ?? []) {
    if (!wrong(document.getElementById(link.hash.slice(1)))) link.parentElement.classList.add('mended')
  }
})

const tidy = () => {
  const here = document.activeElement?.name
  for (const words of document.querySelectorAll('.ds-validation-message.mended')) words.hidden = words.id !== `${here}-error`
  for (const line of summary?.querySelectorAll('li.mended') ?? []) line.hidden = true
  if (summary?.querySelector('li.mended') && !summary.querySelector('li:not(.mended)')) summary.hidden = true
}
addEventListener('click', tidy)
addEventListener('keyup', (event) => { if (event.key === 'Tab') tidy() })

/* A link into a part that is folded unfolds it. */
addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]')
  const fold = link && document.getElementById(link.hash.slice(1))?.closest('details.fold')
  if (fold) fold.open = true
})
