/* <form data-live="address" data-live-target="#id">: while one types, the form is posted and the answer's HTML takes the target's place.
   Several targets: data-live="address #id; other #other". A new answer never overtakes a newer question. */
const token = document.querySelector('meta[name="csrf-token"]')?.content

for (const form of document.querySelectorAll('[data-live]')) {
  const asks = form.dataset.liveTarget
    ? [[form.dataset.live, form.dataset.liveTarget]]
    : form.dataset.live.split(';').map((part) => part.trim().split(/\s+/))
  for (const [address, selector] of asks) {
    const target = document.querySelector(selector)
    if (!target) continue
    let timer, asking
    const ask = async () => {
      asking?.abort()
      asking = new AbortController()
      target.setAttribute('aria-busy', 'true')
      try {
        const answer = await fetch(address, {
          method: 'POST', body: new FormData(form), signal: asking.signal, headers: { 'X-CSRFToken': token, 'X-Requested-With': 'fetch' },
        })
        if (answer.ok) {
          const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').body
          target.replaceChildren(...fresh.childNodes)
        }
        target.removeAttribute('aria-busy')
      } catch (error) {
        if (error.name !== 'AbortError') target.removeAttribute('aria-busy')
      }
    }
    form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 600) })
  }
}
