/* A mark and its quotes stay lit after a tap, for fingers that cannot hover. Pointing and keyboard need no script (css/match.css). */
for (const area of document.querySelectorAll('.pairing')) {
  area.addEventListener('click', (event) => {
    const touched = event.target.closest('[data-no]')
    if (event.target.closest('a:not(.no), button, input')) return
    const number = touched && !touched.classList.contains('lit') ? touched.dataset.no : null
    for (const element of area.querySelectorAll('[data-no]')) element.classList.toggle('lit', element.dataset.no === number)
  })
}
