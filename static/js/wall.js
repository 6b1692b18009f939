/* <main data-renews="15">: fetches its own page anew and takes its content over, without a flash; says so when the net is gone. */
const wall = document.querySelector('[data-renews]')

const renew = async () => {
  try {
    const answer = await fetch(location.href, { cache: 'no-store', headers: { 'X-Requested-With': 'fetch' } })
    if (!answer.ok) throw new Error(answer.status)
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-renews]')
    wall.replaceChildren(...fresh.childNodes)
  } catch {
    wall.querySelector('[data-lost]').hidden = false
  }
}
setInterval(renew, Number(wall.dataset.renews) * 1000)
