/* [data-drag], with the plan's mark: a meeting on the board is dragged to a free place or onto another meeting. The meeting's own page says what is
   allowed and takes the change, so that rules and reasons are the same with and without a mouse, a closed table's too ([data-place]); a plan that
   somebody has changed since the board was shown is left alone. */
const board = document.querySelector('[data-drag]')
if (board) {
  let dragged = null
  let page = null
  const seat = (event) => event.target.closest?.('a.seat, [data-place]')
  const placeOf = (target) => target.dataset.place ?? new URL(target.href).searchParams.get('sted')
  const numberOf = (target) => new URL(target.href).pathname.split('/').pop()
  const values = (doc, name) => new Set([...doc.querySelectorAll(`select[name="${name}"] option`)].map((option) => option.value))

  const light = (doc) => {
    const places = values(doc, 'place')
    const others = values(doc, 'other')
    board.querySelectorAll('a.seat').forEach((each) => {
      each.classList.toggle('open', each.matches('.free') ? places.has(placeOf(each)) : others.has(numberOf(each)))
    })
  }
  const send = (doc, from, to) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: from.href })
    const [name, value] = to.matches('.free') ? ['place', placeOf(to)] : ['other', numberOf(to)]
    const fields = { csrf_token: '', mark: board.dataset.drag, act: name === 'place' ? 'move' : 'swap', [name]: value }
    for (const [key, own] of Object.entries(fields)) {
      const given = own || (doc.querySelector(`form input[name="${key}"]`)?.value ?? '')
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: key, value: given }))
    }
    document.body.append(form)
    form.submit()
  }

  board.addEventListener('dragstart', (event) => {
    dragged = seat(event)
    if (!dragged || dragged.matches('.free')) { dragged = null; return }
    event.dataTransfer.effectAllowed = 'move'
    board.classList.add('dragging')
    page = fetch(dragged.href).then((answer) => answer.text()).then((text) => new DOMParser().parseFromString(text, 'text/html'))
    const started = dragged
    page.then((doc) => { if (dragged === started) light(doc) }, () => {})
  })
  board.addEventListener('dragover', (event) => {
    const to = seat(event)
    if (dragged && to && to !== dragged) event.preventDefault()
  })
  board.addEventListener('drop', (event) => {
    const from = dragged
    const to = seat(event)
    if (!from || !to || to === from) return
    event.preventDefault()
    page.then((doc) => send(doc, from, to), () => { location.href = from.href })
  })
  board.addEventListener('dragend', () => {
    dragged = null
    board.classList.remove('dragging')
    board.querySelectorAll('a.open').forEach((each) => each.classList.remove('open'))
  })
}
