/* <form data-autosave="address">: two seconds after the last change the form is posted there, with the header X-Requested-With.
   The answer is JSON: {"saved": "Lagret kl. 10.42", "version": 7} or {"error": "…"}. The words go to [data-saved]; version to the hidden field. */
const token = document.querySelector('meta[name="csrf-token"]')?.content

for (const form of document.querySelectorAll('form[data-autosave]')) {
  const says = form.querySelector('[data-saved]')
  let timer, running = false, again = false

  const save = async () => {
    if (running) { again = true; return }
    running = true
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: 'POST', body: new FormData(form), headers: { 'X-CSRFToken': token, 'X-Requested-With': 'fetch', Accept: 'application/json' },
      })
      const told = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : {}
      const failed = !answer.ok || told.error
      if (says) {
        says.textContent = failed ? told.error || form.dataset.autosaveFailed || '' : told.saved || ''
        says.classList.toggle('failed', Boolean(failed))
      }
      if (told.version && form.elements.version) form.elements.version.value = told.version
      if (!failed && !again) form.dispatchEvent(new Event('saved'))
    } catch {
      if (says) { says.textContent = form.dataset.autosaveFailed || ''; says.classList.add('failed') }
    }
    running = false
    if (again) { again = false; save() }
  }

  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(save, 2000) })
  form.addEventListener('submit', () => clearTimeout(timer))
}
