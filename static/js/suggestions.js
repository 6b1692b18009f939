/* The need shows the marks of the card one looks at: the one pointed at, focused, or scrolled to. Without script each card has a link that does it. */
const area = document.querySelector('[data-suggestions]')
if (area) {
  const body = area.querySelector('[data-need-body]')
  const whose = area.querySelector('[data-need-whose]')
  const cards = [...area.querySelectorAll('[data-suggestion]')]
  const choose = (card) => {
    if (!card || card.classList.contains('chosen')) return
    const words = area.querySelector(`template[data-words-of="${card.dataset.suggestion}"]`)
    if (!words) return
    for (const other of cards) other.classList.toggle('chosen', other === card)
    body.replaceChildren(words.content.cloneNode(true))
    if (whose) whose.textContent = words.dataset.name
  }
  let timer
  for (const card of cards) {
    card.addEventListener('pointerenter', (event) => {
      if (event.pointerType !== 'mouse') return
      clearTimeout(timer)
      timer = setTimeout(choose, 120, card)
    })
    card.addEventListener('pointerleave', () => clearTimeout(timer))
    card.addEventListener('focusin', () => choose(card))
    card.addEventListener('click', (event) => {
      const link = event.target.closest('a.no, a.show-marks')
      choose(card)
      if (!link) return
      event.preventDefault()
      const mark = link.hash ? document.getElementById(link.hash.slice(1)) : body.querySelector('mark[id]')
      mark?.scrollIntoView({ block: 'center', behavior: 'smooth' })
      history.replaceState(null, '', link.href)
      if (mark) { mark.classList.add('lit'); setTimeout(() => mark.classList.remove('lit'), 2500) }
    })
  }
  const side = matchMedia('(min-width: 56.01rem)')
  const seen = new IntersectionObserver((entries) => {
    if (!side.matches || area.matches(':hover')) return
    for (const entry of entries) if (entry.isIntersecting) choose(entry.target)
  }, { rootMargin: '-25% 0px -65% 0px' })
  for (const card of cards) seen.observe(card)
}

const bar = document.querySelector('[data-compare]')
if (bar) {
  const says = bar.querySelector('[data-compare-says]')
  const picks = [...document.querySelectorAll('[data-pick]')]
  const count = () => {
    const chosen = picks.filter((pick) => pick.checked).length
    bar.toggleAttribute('data-ready', chosen > 0)
    bar.hidden = !chosen
    bar.querySelector('button').disabled = chosen < 2
    says.textContent = chosen ? says.dataset.some.replace('{n}', chosen) : says.dataset.none
    for (const pick of picks) pick.disabled = chosen >= 4 && !pick.checked
  }
  for (const pick of picks) pick.addEventListener('change', count)
  count()
}
