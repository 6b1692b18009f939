/* [data-poll="address"]: asks each second how far a job has come; loads the page anew when it is finished. */
const language = document.documentElement.lang

for (const box of document.querySelectorAll('[data-poll]')) {
  const bar = box.querySelector('progress')
  const label = box.querySelector('[data-poll-label]')
  const count = box.querySelector('[data-poll-count]')
  const number = (n) => new Intl.NumberFormat(language).format(n)

  const look = async () => {
    try {
      const answer = await fetch(box.dataset.poll, { headers: { Accept: 'application/json', 'X-Requested-With': 'fetch' } })
      if (answer.ok) {
        const { done, total, label: words, finished } = await answer.json()
        if (finished) return location.reload()
        if (total) {
          bar.max = total
          bar.value = done
          count.textContent = box.dataset.pollWords.replace('{done}', number(done)).replace('{total}', number(total))
        }
        if (words && words !== label.textContent) label.textContent = words
      }
    } catch { /* the next look may get through */ }
    setTimeout(look, document.hidden ? 5000 : 1000)
  }
  setTimeout(look, 1000)
}
