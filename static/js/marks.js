/* A mark and its quotes stay lit after a tap, for fingers that cannot hover. Pointing and keyboard need no script (css/match.css). */
for (const area of document.querySelectorAll('.pairing')) {
  area.addEventListener('click', (event) => {
    const touched = event.target.closest('[data-no]')
    if (event.target.closest('a:not(.no), button, input')) return
    const number = touched && !touched.classList.contains('lit') ? touched.dataset.no : null
    for (const element of area.querySelectorAll('[data-no]')) element.classList.toggle('lit', element.dataset.no === number)
  })
}

/* A column that stands still may be taller than the window; then the keyboard must be able to scroll it. */
const watch = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target.scrollHeight > target.clientHeight + 1 && getComputedStyle(target).overflowY === 'auto') target.tabIndex = 0
    else target.removeAttribute('tabindex')
  }
})
for (const column of document.querySelectorAll('.split > .still, .editor > .coach')) watch.observe(column)
